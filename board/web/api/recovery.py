"""A new password and a confirmed address, by links in mail."""

from flask import Response

from board.domain.policy import Action
from board.service import recovery, verification
from board.web import recovery as web_recovery
from board.web.api.contract import accepted, answer
from board.web.api.routes import api
from board.web.context import passwords
from board.wire import recovery as wire


@api.route(
    "POST",
    "/password-resets",
    tag="accounts",
    action=Action.SIGN_IN,
    status=202,
    body=wire.ResetAsk,
    anonymous=True,
    problems=[403],
)
async def ask_reset(body: wire.ResetAsk) -> Response:
    """Ask for a link by mail that sets a new password. The answer is the same whether there is an account or not."""
    await web_recovery.ask_reset(body.email)
    return accepted()


@api.route(
    "POST",
    "/password-resets/<token>",
    tag="accounts",
    action=Action.SIGN_IN,
    status=204,
    body=wire.NewPassword,
    anonymous=True,
    problems=[403, 404, 409],
)
async def reset_password(body: wire.NewPassword, token: str) -> Response:
    """Set the password that the link is for. It works once, for an hour; every session and grant ends."""
    await recovery.reset_password(
        web_recovery.mail(), passwords(), token, password=body.password, address=web_recovery.client_address()
    )
    return answer(None)


@api.route("POST", "/me/verification", tag="accounts", action=Action.MANAGE_ACCOUNT, status=202)
async def ask_verification() -> Response:
    """Have the link sent again that confirms your e-mail address."""
    await web_recovery.ask_verification()
    return accepted()


@api.route(
    "POST",
    "/verifications/<token>",
    tag="accounts",
    action=Action.SIGN_IN,
    status=204,
    anonymous=True,
    problems=[403, 404],
)
async def verify(token: str) -> Response:
    """Confirm the e-mail address that the link was sent to. It works once, for a day."""
    await verification.verify(web_recovery.mail(), token, web_recovery.client_address())
    return answer(None)
