"""What pages and API share of recovering an account: mail, the limits on it, and who must confirm first."""

from flask import g, request

from board.domain.account import User
from board.domain.errors import TooManyRequests
from board.domain.policy import Action, require_verified
from board.service import recovery, verification
from board.service.recovery import MailContext
from board.web import context
from board.web.rate_limits import limits


def mail() -> MailContext:
    """Return what mail with links is made with."""
    return context.parts().mail


def client_address() -> str:
    """Return the address that the request comes from."""
    return request.remote_addr or ""


async def ask_reset(email: str) -> None:
    """Have a link sent, if the address has an account; nothing of that shows in the answer or in its time."""
    await limits().admit_mail(email, client_address())
    names = " or ".join(provider.label for provider in context.settings().oidc.values()) or "another account"
    only_admins = context.settings().sso_only
    mail().background_tasks.run(
        "reset",
        recovery.send_reset(mail(), email, client_address(), providers=names, only_admins=only_admins),
    )


async def ask_verification() -> None:
    """Have the link sent once more that confirms the actor's address."""
    actor = context.actor()
    await limits().admit_mail(actor.email, client_address())
    await verification.ask_verification(mail(), actor)


async def send_first_verification(user: User) -> None:
    """Ask a new person to confirm their address, where mail leaves at all."""
    settings = context.settings()
    if settings.sends_mail or settings.verify_email:
        await verification.send_verification(mail(), user)


async def count_address_change(email: str | None) -> None:
    """Count the mail that a new address gets: nobody may have strangers written to without end."""
    if email is not None and email != context.actor().email:
        await limits().admit_mail(email, client_address())


async def send_address_changed(before: str, user: User) -> None:
    """Tell the old address that it was left, and ask the new one to be confirmed."""
    if before != user.email:
        await verification.send_address_changed(mail(), before, user)


async def send_already_registered(email: str) -> None:
    """Tell an address that it has an account already: only whoever reads its mail learns that."""
    try:
        await limits().admit_mail(email, client_address())
    except TooManyRequests:
        return
    mail().background_tasks.run("taken", recovery.send_already_registered(mail(), email))


def check_verified(action: Action) -> None:
    """Let who has not confirmed their address look after their account only, where that is required."""
    if context.settings().verify_email:
        require_verified(g.get("actor"), action)
