"""What clients send to get a new password."""

from board.wire.accounts import Email, Password
from board.wire.fields import Request


class ResetAsk(Request):
    """Who has lost their password."""

    email: Email


class NewPassword(Request):
    """The password to have from now on."""

    password: Password
