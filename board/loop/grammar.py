"""The grammar of a request's head: anything else is refused before the application sees it."""

import ipaddress
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

HEAD_MAX: Final = 32 * 1024
"""Bytes of all header fields together, as many as nginx takes by default."""

FIELDS_MAX: Final = 200
"""Header fields of a request."""

TARGET_MAX: Final = 8 * 1024
"""Bytes of a path with its query (RFC 9112, section 3, asks for 8,000 at least)."""

_CONTROL: Final = re.compile(rb"[\x00-\x1f\x7f]")
_FIELD_CONTROL: Final = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_HOST: Final = re.compile(
    r"(?P<name>[A-Za-z0-9._-]{1,254}|\[[0-9A-Fa-f:.]{2,45}\])(?::(?P<port>[0-9]{1,5}))?"
)
_LABEL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?")


class MalformedRequest(ValueError):
    """The request breaks the grammar of HTTP, or a limit; it is answered with `status` and goes no further."""

    status = 400


class TargetTooLong(MalformedRequest):
    """The address is longer than any of ours."""

    status = 414


class HeadTooLarge(MalformedRequest):
    """The header fields are larger, or more, than any client needs (RFC 6585, section 5)."""

    status = 431


def check_target(raw: bytes, path: bytes, query: bytes) -> None:
    """Raise MalformedRequest for a target with characters that no address has. `path` is `raw`, decoded."""
    if len(raw) + len(query) > TARGET_MAX:
        raise TargetTooLong(f"an address may have at most {TARGET_MAX:,} bytes")
    if path[:1] != b"/":
        raise MalformedRequest("request target")
    if _CONTROL.search(path):
        raise MalformedRequest("control character in the path")
    if _CONTROL.search(query):
        raise MalformedRequest("control character in the query")


def check_fields(headers: Iterable[tuple[bytes, bytes]]) -> None:
    """Raise MalformedRequest for too many header fields or bytes of them, and for control characters."""
    number = size = 0
    for name, value in headers:
        number += 1
        size += len(name) + len(value)
        if _FIELD_CONTROL.search(value):
            raise MalformedRequest("control character in a header")
    if number > FIELDS_MAX or size > HEAD_MAX:
        raise HeadTooLarge(
            f"a request may have at most {FIELDS_MAX} header fields of {HEAD_MAX:,} bytes in all"
        )


def check_host(value: str) -> None:
    """Raise MalformedRequest unless this is a name or an address, and a port (RFC 9110, section 7.2)."""
    if not is_host(value):
        raise MalformedRequest("host")


@lru_cache(maxsize=256)
def is_host(value: str) -> bool:
    """Return whether this is `name`, `name:port`, `192.0.2.1:port` or `[2001:db8::1]:port`.

    Names as DNS has them (RFC 1035, section 2.3.4), with the underscore that container networks use. Other
    languages' names come as their ASCII form (RFC 5891), as every browser sends them.
    """
    found = _HOST.fullmatch(value)
    if found is None or int(found["port"] or 0) > 65535:
        return False
    name = found["name"]
    if name[0] == "[":
        return _is_ipv6(name[1:-1])
    labels = name.removesuffix(".").split(".")
    return len(name) <= 254 and all(_LABEL.fullmatch(label) for label in labels)


def _is_ipv6(text: str) -> bool:
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return True
