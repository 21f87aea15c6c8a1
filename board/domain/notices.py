"""What is told after a commit: a use case puts notices in the queue of its transaction, and the store hands them out.

A notice is a hint for whoever is connected; it may get lost. What must not get lost is in the log.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from board.domain.events import Event
from board.domain.task import Attachment


@dataclass(frozen=True, slots=True)
class Changed:
    """A board changed: an event was written to its log. Connected people get it, and readers of the log are woken."""

    event: Event


@dataclass(frozen=True, slots=True)
class BoardDeleted:
    """A board is gone, with its log and its files."""

    board_id: str


@dataclass(frozen=True, slots=True)
class AccessRevoked:
    """A person may no longer read a board; `reason` is shown to them."""

    board_id: str
    user_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class SessionsEnded:
    """Sessions, tokens, grants or people by their ids: their sockets are closed, and `reason` is shown there."""

    ids: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class SessionRotated:
    """A session has another id; its sockets stay open."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PresenceShown:
    """A person's presence is shown to others from now on, or hidden."""

    user_id: str
    shown: bool


@dataclass(frozen=True, slots=True)
class SharingChanged:
    """The invitations or the public link of a board changed."""

    board_id: str


@dataclass(frozen=True, slots=True)
class _FilesNotice:
    """The files behind attachments of a board."""

    board_id: str
    attachment_ids: tuple[str, ...]

    @classmethod
    def of(cls, board_id: str, attachments: Iterable[Attachment]) -> Self:
        """Return the notice for those that are files; links have none."""
        return cls(board_id, tuple(one.id for one in attachments if one.kind == "file"))


class FilesDiscarded(_FilesNotice):
    """Attachments of a board are gone: the files behind them are put aside."""

    __slots__ = ()


class FilesRecovered(_FilesNotice):
    """Attachments of a board are back, and so are the files behind them."""

    __slots__ = ()


Notice = (
    Changed
    | BoardDeleted
    | AccessRevoked
    | SessionsEnded
    | SessionRotated
    | PresenceShown
    | SharingChanged
    | FilesDiscarded
    | FilesRecovered
)


def in_order(notices: list[Notice]) -> list[Notice]:
    """Return the changes first: who loses access by a change still gets it, and what is deleted is not noted again."""
    return sorted(notices, key=lambda notice: not isinstance(notice, Changed))
