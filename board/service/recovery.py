"""A new password by a link in mail, for who has lost theirs."""

from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Protocol

from board.domain.account import Actor, User, digest
from board.domain.audit import AuditType
from board.domain.credentials import find_weakness
from board.domain.editing import edited
from board.domain.errors import Conflict, Invalid, NotFound
from board.domain.ids import now
from board.domain.messages import msg
from board.domain.notices import SessionsEnded
from board.service.account_sync import remove_identity
from board.service.mail import TemplateMailer
from board.service.ports import Command, Passwords, Store, Work
from board.service.sessions import to_actor

RESET_AGE = timedelta(hours=1)
_PURPOSE = "reset"


class LinkSigner(Protocol):
    """Signs what links carry, each purpose with a key of its own."""

    def sign(self, purpose: str, content: dict[str, str]) -> str:
        """Return a token for links, good for this purpose only."""

    def read(self, purpose: str, token: str, age: timedelta) -> dict[str, str] | None:
        """Return what was signed for the purpose not longer ago than `age`; None for anything else."""


class BackgroundTasks(Protocol):
    """Does work after the answer."""

    def run(self, name: str, work: Coroutine[Any, Any, Any]) -> None:
        """Do it soon; a failure is in the log under that name."""


@dataclass(frozen=True, slots=True)
class MailContext:
    """What mail with links is made with: the store, a signer, what sends it, and background tasks."""

    store: Store
    link_signer: LinkSigner
    mailer: TemplateMailer
    background_tasks: BackgroundTasks


def make_reset_link(link_signer: LinkSigner, site: str, user: User, by_mail: bool = False) -> str:
    """Return the address at which this person can choose a password.

    For an hour, once, and only until the password or the e-mail address is changed in any other way. `by_mail`: who
    has it reads the mail of the account's address.
    """
    content = {"user": user.id, "bound": _bind(user)} | ({"by": "mail"} if by_mail else {})
    return f"{site}/reset/{link_signer.sign(_PURPOSE, content)}"


async def send_reset(
    mail: MailContext, email: str, address: str, providers: str, only_admins: bool = False
) -> None:
    """Send the link to the address, if an account in use has it; to who signs in without a password, how they do.

    `only_admins`: a password would be of no use to anybody else.

    Runs after the answer, which is the same for every address and takes as long.
    """
    async with mail.store.reading() as read:
        user = await read.users.by_email(email)
    if user is None or user.disabled_at is not None:
        return
    async with mail.store.work(None, Command()) as work:
        await work.log_audit(AuditType.PASSWORD_RESET_ASKED, None, user_id=user.id, address=address)
    if user.password_hash is None or (only_admins and not user.is_admin):
        sign_in = f"{mail.mailer.site}/sign-in"
        await mail.mailer.send(user.email, "reset_sso", name=user.name, providers=providers, url=sign_in)
        return
    url = make_reset_link(mail.link_signer, mail.mailer.site, user, by_mail=True)
    await mail.mailer.send(user.email, "reset", name=user.name, url=url)


async def send_already_registered(mail: MailContext, email: str) -> None:
    """Tell the person with this address that they have an account already."""
    async with mail.store.reading() as read:
        user = await read.users.by_email(email)
    if user is not None and user.disabled_at is None:
        await mail.mailer.send(user.email, "taken", name=user.name, url=f"{mail.mailer.site}/forgot")


async def find_reset(mail: MailContext, token: str) -> User:
    """Return whose password a link resets; NotFound when it is no longer good, or never was."""
    content = mail.link_signer.read(_PURPOSE, token, RESET_AGE)
    if content is None:
        raise NotFound("link")
    async with mail.store.reading() as read:
        user = await read.users.get(content.get("user", ""))
    if user.disabled_at is not None or content.get("bound") != _bind(user):
        raise NotFound("link")
    return user


async def reset_password(
    mail: MailContext, passwords: Passwords, token: str, password: str, address: str
) -> None:
    """Set the password that the link is for, and end every session and grant: whoever had the old one is out.

    Who comes by mail to an address that nobody had confirmed may be its owner, and the account somebody else's work:
    whatever else opens it goes as well (pre-hijacking).
    """
    user = await find_reset(mail, token)
    by_mail = (mail.link_signer.read(_PURPOSE, token, RESET_AGE) or {}).get("by") == "mail"
    weakness = find_weakness(password, user.email, user.name)
    if weakness:
        raise Invalid.field("password", weakness)
    hashed = await passwords.hash(password)

    async with mail.store.work(None, Command()) as work:
        before = await work.users.lock(user.id)
        if _bind(before) != _bind(user):
            raise Conflict(msg("Your password was changed from another place just now."))
        after = edited(before, {"password_hash": hashed}, now())
        await work.users.save(before, after)
        ended = await work.sessions.remove_of_user(user.id)
        ended += await work.grants.remove_of_user(user.id)
        actor = replace(to_actor(user), address=address)
        if by_mail and after.email_verified_at is None:
            ended += await _remove_other_credentials(work, actor, after)
        work.announce(SessionsEnded(tuple(ended), msg("Your password was changed.")))
        await work.log_audit(AuditType.PASSWORD_RESET, actor, user_id=user.id)

    url = f"{mail.mailer.site}/sign-in"
    await mail.mailer.send(user.email, "password_was_reset", name=user.name, url=url)


async def _remove_other_credentials(work: Work, actor: Actor, user: User) -> list[str]:
    """Give the address to its reader; return what else opened the account, and does no more."""
    tokens = await work.tokens.of_user(user.id)
    for token in tokens:
        await work.tokens.remove(user.id, token.id)
        await work.log_audit(AuditType.TOKEN_REVOKED, actor, token=token.id)
    for identity in await work.identities.of_user(user.id):
        user = await remove_identity(work, actor, user, identity=identity)
    await work.users.save(user, edited(user, {"email_verified_at": now()}, now()))
    await work.log_audit(AuditType.EMAIL_VERIFIED, actor)
    return [user.id, *(token.id for token in tokens)]


def _bind(user: User) -> str:
    return digest(f"{user.password_hash}\n{user.email}")
