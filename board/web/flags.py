"""What is different about a route, said at its view: hooks around requests ask for flags, not for names of endpoints.

A flag belongs to the function; whatever wraps it with `functools.wraps` has it too.
"""

from collections.abc import Callable
from enum import Enum, auto
from typing import Any, TypeVar

from flask import current_app, request

View = TypeVar("View", bound=Callable[..., Any])


class Flag(Enum):
    """An exception from what holds for every other route."""

    ANONYMOUS = auto()
    """The same for everybody: nobody is looked up, so it works while the database is away."""

    CROSS_SITE = auto()
    """Other sites may send to it: it takes a proof of its own, like an identity provider's."""

    WITHOUT_TERMS = auto()
    """For people who have not accepted the terms: read them, leave, take one's data along."""

    WITHOUT_CONFIRMATION = auto()
    """For people who have not confirmed their address: all that leads there, and out, and to what is theirs."""

    UNLIMITED = auto()
    """Requests are not counted."""

    COMPRESSED = auto()
    """The view compresses what it sends itself."""

    LARGE_UPLOAD = auto()
    """Signed-in people may send a file to import."""

    UNLOGGED = auto()
    """Requests leave no line in the log."""

    QUIET = auto()
    """Requests are logged for debugging only: a load balancer asks all day."""


def flagged(*flags: Flag) -> Callable[[View], View]:
    """Decorate a view, beneath the decorator that registers it, with its flags."""

    def decorate(view: View) -> View:
        view.flags = read_flags(view) | set(flags)  # type: ignore[attr-defined]
        return view

    return decorate


def read_flags(view: Callable[..., Any] | None) -> frozenset[Flag]:
    """Return a view's flags; none for None."""
    found: frozenset[Flag] = getattr(view, "flags", frozenset())
    return found


def has_flag(flag: Flag) -> bool:
    """Return whether the view of the request at hand has a flag."""
    return flag in read_flags(current_app.view_functions.get(request.endpoint or ""))
