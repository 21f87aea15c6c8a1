"""How people come in, for API and pages alike: what this server offers, and where one may go afterwards."""

import re

from board.config.settings import Signup
from board.service.identities import SignInMethods
from board.web.context import settings

LAST = "last_provider"
"""The cookie that tells by which provider somebody came to this browser the last time."""

_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def can_register() -> bool:
    """Return whether somebody can make an account with a password."""
    return settings().signup != Signup.CLOSED and not settings().sso_only


def get_sign_in_methods() -> SignInMethods:
    """Return how this server lets people in."""
    return SignInMethods(settings().providers, passwords=not settings().sso_only)


def is_local(path: str) -> bool:
    """Return whether a path leads to a page of this site, whatever a browser makes of it."""
    return _LOCAL.fullmatch(path) is not None
