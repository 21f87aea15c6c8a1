"""Personal API tokens: list, make, revoke."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from board.domain import limits
from board.domain.account import Actor, Scope, Token, digest
from board.domain.audit import AuditType
from board.domain.credentials import TOKEN_PREFIX, new_secret
from board.domain.errors import Forbidden, LimitReached
from board.domain.ids import now
from board.domain.messages import msg, nmsg
from board.domain.notices import SessionsEnded
from board.domain.policy import Action, require_server_role
from board.service.grants import require_lasting_credential
from board.service.ports import Command, Store


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A token with its secret, which is None wherever it is shown a second time."""

    token: Token
    secret: str | None


async def list_tokens(store: Store, actor: Actor) -> list[Token]:
    """Return the actor's tokens, the newest first, expired ones too."""
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    async with store.reading() as read:
        return await read.tokens.of_user(actor.id)


async def create_token(
    store: Store, actor: Actor, command: Command, name: str, scopes: Iterable[str], days: int
) -> IssuedToken:
    """Create a token that lasts so many days. The receipt keeps no secret: a retry is answered without it."""
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    require_lasting_credential(actor)
    wanted = tuple(scope.value for scope in Scope if scope in set(scopes))
    if not actor.scopes.issuperset(wanted):
        raise Forbidden(msg("A token can't hand out a scope that it doesn't have."))
    async with store.work(actor, command) as work:
        at = now()
        await work.users.lock(actor.id)
        if sum(token.expires_at > at for token in await work.tokens.of_user(actor.id)) >= limits.TOKENS:
            raise LimitReached(
                nmsg(
                    "A person has at most %(count)s token that have not expired.",
                    "A person has at most %(count)s tokens that have not expired.",
                    limits.TOKENS,
                )
            )

        secret = TOKEN_PREFIX + new_secret()
        expires_at = at + timedelta(days=days)
        token = Token.new(
            user_id=actor.id,
            name=name,
            secret_hash=digest(secret),
            scopes=wanted,
            at=at,
            expires_at=expires_at,
        )
        await work.tokens.add(token)
        await work.log_audit(AuditType.TOKEN_CREATED, actor, name=name, scopes=list(wanted))

        issued = IssuedToken(token, secret)
        await work.save_receipt(replace(issued, secret=None))
    return issued


async def revoke_token(store: Store, actor: Actor, command: Command, token_id: str) -> None:
    """Make a token worthless at once, and close the sockets that were opened with it."""
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    async with store.work(actor, command) as work:
        await work.tokens.remove(actor.id, token_id)
        work.announce(SessionsEnded((token_id,), msg("This token was revoked.")))
        await work.log_audit(AuditType.TOKEN_REVOKED, actor, token=token_id)

        await work.save_receipt(None)
