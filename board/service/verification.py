"""Whether an e-mail address is its account's: a link in mail that only its reader can follow."""

from dataclasses import replace
from datetime import timedelta

from board.domain.account import Actor, User, digest
from board.domain.audit import AuditType
from board.domain.editing import edited
from board.domain.errors import NotFound
from board.domain.ids import now
from board.domain.policy import Action, require_server_role
from board.service.ports import Command
from board.service.recovery import MailContext
from board.service.sessions import to_actor

VERIFY_AGE = timedelta(hours=24)
_PURPOSE = "verify"


async def send_verification(mail: MailContext, user: User) -> None:
    """Send the link that proves that the account's address is theirs."""
    if user.email_verified_at is not None:
        return
    token = mail.link_signer.sign(_PURPOSE, {"user": user.id, "email": user.email})
    await mail.mailer.send(user.email, "verify", email=user.email, url=f"{mail.mailer.site}/verify/{token}")


async def ask_verification(mail: MailContext, actor: Actor) -> None:
    """Send the actor that link once more."""
    require_server_role(actor, Action.MANAGE_ACCOUNT)
    async with mail.store.reading() as read:
        user = await read.users.get(actor.id)
    await send_verification(mail, user)


async def send_address_changed(mail: MailContext, before: str, user: User) -> None:
    """Tell the address that an account had `before`, and ask the new one to be confirmed."""
    await mail.mailer.send(before, "address_changed", name=user.name, old=before, new=user.email)
    await send_verification(mail, user)


def read_verification_link(mail: MailContext, token: str) -> str:
    """Return the address that a link confirms; NotFound when it is no longer good, or never was."""
    content = mail.link_signer.read(_PURPOSE, token, VERIFY_AGE)
    if content is None or not {"user", "email"} <= content.keys():
        raise NotFound("link")
    return content["email"]


async def verify(mail: MailContext, token: str, address: str) -> None:
    """Follow the link: the account's address counts as verified.

    NotFound when it was followed before, or when the account has another address by now.
    """
    email = read_verification_link(mail, token)
    content = mail.link_signer.read(_PURPOSE, token, VERIFY_AGE) or {}

    async with mail.store.work(None, Command()) as work:
        user = await work.users.lock(content["user"])
        fresh = await work.used.mark_used(digest(f"verify:{token}"), now() + VERIFY_AGE)
        if not fresh or user.email != email or user.disabled_at is not None:
            raise NotFound("link")
        if user.email_verified_at is None:
            await work.users.save(user, edited(user, {"email_verified_at": now()}, now()))
            await work.log_audit(AuditType.EMAIL_VERIFIED, replace(to_actor(user), address=address))
