"""What a view needs of the application and of the request at hand."""

import hashlib
from typing import cast
from uuid import UUID

from flask import current_app, g, request

from board.config.settings import Settings
from board.domain.account import Actor
from board.domain.errors import Invalid, Malformed, Unauthenticated
from board.domain.ids import new_id
from board.domain.messages import msg
from board.jobs.downloads import Downloads
from board.oidc.registry import Providers
from board.parts import Parts, parts_of
from board.security.access_tokens import GrantTokens
from board.service.mail import Mailer, MailTemplates
from board.service.ports import Command, Passwords, Store

KEY_LENGTH = 255


def parts() -> Parts:
    """Return what the application at hand is made of."""
    return parts_of(current_app)


def store() -> Store:
    """Return the application's store."""
    return parts().store


def settings() -> Settings:
    """Return what the application was configured with."""
    return parts().settings


def secret_key() -> str:
    """Return the server's key, of which others are derived."""
    return cast("str", current_app.secret_key)


def passwords() -> Passwords:
    """Return what makes and checks password hashes."""
    return parts().passwords


def mailer() -> Mailer:
    """Return what sends mail."""
    return parts().mailer


def mail_templates() -> MailTemplates:
    """Return what renders mail."""
    return parts().mail_templates


def grant_tokens() -> GrantTokens:
    """Return what makes and checks the tokens of grants."""
    return parts().grant_tokens


def downloads() -> Downloads:
    """Return what keeps documents until they were taken."""
    return parts().downloads


async def resolve_bearer(token: str) -> Actor | None:
    """Return who a bearer token speaks for, of whatever kind it is; None for nobody."""
    return await parts().resolve_bearer(token)


def providers() -> Providers:
    """Return what talks to the identity providers."""
    return parts().providers


def actor() -> Actor:
    """Return who asks; Unauthenticated when nobody is signed in. Resolved once, before the request."""
    found = g.get("actor")
    if found is None:
        raise Unauthenticated(msg("Sign in first: with a session cookie or an Authorization header."))
    return cast("Actor", found)


def command(status: int, mutation: str | None = None) -> Command:
    """Return how the mutation at hand was asked for: Idempotency-Key, mutation id, If-Match."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not 0 < len(key) <= KEY_LENGTH:
        raise Invalid.field(
            "Idempotency-Key", msg("Must have 1 to %(key_length)s characters.", key_length=KEY_LENGTH)
        )
    return Command(
        mutation=mutation or _uuid(key) or new_id(),
        key=key or mutation,
        fingerprint=_fingerprint(),
        status=status,
        if_version=_if_match(),
    )


def _uuid(key: str | None) -> str | None:
    try:
        return str(UUID(key)) if key else None
    except ValueError:
        return None


def _fingerprint() -> str:
    """Tells a retry from another request by method, path and body.

    Keyed, because it is stored and a body can hold a password: a copy of the database is no help in guessing.
    """
    key = hashlib.sha256(cast("str", current_app.secret_key).encode()).digest()
    digest = hashlib.blake2b(f"{request.method} {request.path}\n".encode(), key=key, digest_size=32)
    digest.update(request.get_data() if request.mimetype == "application/json" else b"")
    return digest.hexdigest()


def _if_match() -> int | None:
    """Return the version that If-Match names, as our ETags write it (RFC 9110, section 13.1.1)."""
    header = request.headers.get("If-Match")
    if header is None or header.strip() == "*":
        return None
    tag = header.strip().removeprefix("W/")  # what compresses an answer on its way makes its ETag a weak one
    if len(tag) > 3 and tag.startswith('"v') and tag.endswith('"') and tag[2:-1].isdecimal():
        return int(tag[2:-1])
    raise Malformed('If-Match must be an ETag that this server gave, like "v3".')
