"""Whether browsers give a page all their functions: over TLS and on the machine itself (W3C Secure Contexts)."""

import ipaddress
from urllib.parse import urlsplit

from flask import Flask, request

from board.domain.diagnosis import Finding, note

MISSING = (
    "whoever is on the way can read and change what is sent, passwords too, and browsers withhold functions "
    "(clipboard, locks between tabs) for which the pages take longer ways"
)


def register(app: Flask) -> None:
    """Let templates ask."""
    app.add_template_global(is_secure_context)


def is_secure_context() -> bool:
    """Return whether the page at hand is read over TLS or on the machine itself."""
    return request.is_secure or is_loopback(urlsplit(f"//{request.host}").hostname or "")


def is_loopback(host: str) -> bool:
    """Return whether a host name always means the machine itself (RFC 6761, section 6.3)."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def list_findings() -> list[Finding]:
    """Return what an administrator should know about the way this very request came."""
    if is_secure_context():
        return []
    text = f"you read this without TLS, at http://{request.host}. Everything works, but {MISSING}"
    return [
        note(
            "TLS",
            text,
            "put a proxy with a certificate in front (docs/guides/deploy.md) and set BOARD_URL to https://…",
        )
    ]
