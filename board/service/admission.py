"""Sign in by a provider: which account it is, whether one is made, and who is refused."""

from dataclasses import replace

from board.domain.account import User
from board.domain.admission import not_admitted
from board.domain.audit import AuditType
from board.domain.email import normalize_email
from board.domain.errors import Conflict, SignInRefused
from board.domain.identity import read_name, read_picture, reason_not_to_link, reason_not_to_register
from board.domain.ids import now
from board.domain.messages import msg
from board.domain.provider import Claims
from board.domain.refusal import Reason
from board.service.account_sync import add_identity, sync_account
from board.service.accounts import INVITE, OPEN, Browser, SignedIn, begin_session
from board.service.invitations import is_invited, join
from board.service.ports import Command, Store, Work
from board.service.sessions import to_actor


async def sign_in_with(
    store: Store, claims: Claims, signup: str, browser: Browser, invitation: str | None = None
) -> SignedIn:
    """Sign in whom a provider vouches for, with an account that is known, linked or made. Raises SignInRefused.

    `signup` is `open`, `invite` or `closed`; `invitation` is the secret of one. The first account is always let in.
    """
    try:
        try:
            return await _sign_in(store, claims, signup, browser=browser, invitation=invitation)
        except Conflict:  # another request made, linked or unlinked the account at the same moment
            return await _sign_in(store, claims, signup, browser=browser, invitation=invitation)
    except SignInRefused as refusal:
        await _note_refusal(store, claims, browser, refusal=refusal)
        raise


async def _sign_in(
    store: Store, claims: Claims, signup: str, browser: Browser, invitation: str | None
) -> SignedIn:
    async with store.work(None, Command()) as work:
        identity = await work.identities.find(claims.issuer, claims.subject)
        if identity is not None:
            user = await work.users.lock(identity.user_id)
            await _check_still_linked(work, claims, user)
        else:
            user = await _find_or_make(work, claims, signup, browser=browser, invitation=invitation)
            actor = replace(to_actor(user), address=browser.address)
            identity = await add_identity(work, actor, user, claims=claims)
        if user.disabled_at is not None:
            raise not_admitted(Reason.ACCOUNT_DISABLED, claims)

        actor = replace(to_actor(user), address=browser.address)
        await work.identities.touch(identity, claims.email, now())
        user = await sync_account(work, actor, user, claims=claims)
        return await begin_session(work, user, browser, claims=claims)


async def _check_still_linked(work: Work, claims: Claims, user: User) -> None:
    """Check that the identity was not unlinked while this sign-in waited; the next attempt begins anew."""
    found = await work.identities.find(claims.issuer, claims.subject)
    if found is None or found.user_id != user.id:
        raise Conflict(msg("This sign-in was unlinked just now."))


async def _find_or_make(
    work: Work, claims: Claims, signup: str, browser: Browser, invitation: str | None
) -> User:
    """Return the account of a person whose identity is not known yet."""
    if not claims.email:
        raise not_admitted(Reason.NO_EMAIL, claims)
    found = await work.users.by_email(claims.email)
    if found is None:
        return await _make(work, claims, signup, browser=browser, invitation=invitation)
    account = await work.users.lock(found.id)
    if account.email != found.email:
        raise Conflict(msg("The address of this account was changed just now."))
    refusal = reason_not_to_link(claims, account, await work.identities.of_user(account.id))
    if refusal is not None:
        raise refusal
    return account


async def _make(work: Work, claims: Claims, signup: str, browser: Browser, invitation: str | None) -> User:
    first = await work.users.claim_first()
    if refusal := reason_not_to_register(claims):
        raise refusal
    email, at = normalize_email(claims.email or ""), now()
    if not first and signup != OPEN:
        if signup != INVITE:
            raise not_admitted(Reason.SIGNUP_CLOSED, claims)
        if not invitation or not await is_invited(work, email, invitation):
            raise not_admitted(Reason.INVITATION_NEEDED, claims)

    name = read_name(claims) or email.partition("@")[0][:100]
    user = User.new(email=email, name=name, is_admin=first, avatar_url=read_picture(claims), at=at)
    await work.users.add(user)
    actor = replace(to_actor(user), address=browser.address)
    await work.log_audit(AuditType.REGISTERED, actor, signup=signup, provider=claims.provider.name)
    if invitation and await is_invited(work, email, invitation):
        await join(work, actor, user, secret=invitation)
    return user


async def _note_refusal(store: Store, claims: Claims, browser: Browser, refusal: SignInRefused) -> None:
    async with store.work(None, Command()) as work:
        identity = await work.identities.find(claims.issuer, claims.subject)
        await work.log_audit(
            AuditType.SIGN_IN_FAILED,
            None,
            user_id=identity.user_id if identity else None,
            address=browser.address,
            provider=claims.provider.name,
            reason=refusal.code,
        )
