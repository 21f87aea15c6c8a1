"""Bearer tokens (RFC 6750): one place tells their kinds apart, for requests and sockets alike."""

from collections.abc import Awaitable, Callable

from board.domain.account import Actor
from board.domain.credentials import TOKEN_PREFIX
from board.security.access_tokens import GrantTokens
from board.service import sessions
from board.service.grants import resolve_access
from board.service.ports import Store

LENGTH = 16 * 1024
"""Characters in a bearer token at most."""

Resolve = Callable[[str], Awaitable[Actor | None]]


async def resolve_nobody(_token: str) -> Actor | None:
    """Return the answer where a kind of token is not in use."""
    return None


def make_resolver(
    store: Store,
    tokens: GrantTokens,
    by_link: Resolve = resolve_nobody,
    by_provider: Resolve = resolve_nobody,
) -> Resolve:
    """Return who a bearer token speaks for, None for nobody.

    A personal token, a public link (by `by_link`), an access token of ours, or one that a configured identity
    provider gave out (by `by_provider`).
    """

    async def resolve(token: str) -> Actor | None:
        if not token or len(token) > LENGTH or not token.isascii():
            return None
        if token.startswith(TOKEN_PREFIX):
            return await sessions.resolve_token(store, token)
        if token.startswith("bp_"):
            return await by_link(token)
        if tokens.claims(token):
            access = tokens.read(token)
            return await resolve_access(store, access) if access else None
        return await by_provider(token) if token.count(".") == 2 else None

    return resolve
