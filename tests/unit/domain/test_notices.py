"""One queue after the commit: changes first, everything else as it was said."""

from board.domain.events import Event, EventType
from board.domain.ids import new_id, now
from board.domain.notices import (
    AccessRevoked,
    BoardDeleted,
    Changed,
    FilesDiscarded,
    Notice,
    SessionsEnded,
    in_order,
)
from board.domain.task import Attachment


def test_who_loses_access_hears_of_the_change_first() -> None:
    board, anna = new_id(), new_id()
    event = Event(
        board_id=board,
        seq=1,
        type=EventType.MEMBER_REMOVED,
        at=now(),
        actor_id=anna,
        actor_name="Anna",
        mutation=new_id(),
        changes=(),
    )
    said: list[Notice] = [
        AccessRevoked(board, anna, "removed"),
        SessionsEnded((anna,), "Bye."),
        Changed(event),
        BoardDeleted(board),
    ]
    assert in_order(said) == [said[2], said[0], said[1], said[3]]


def test_links_have_no_files() -> None:
    at, board = now(), new_id()
    made = [
        Attachment(
            id=new_id(),
            board_id=board,
            task_id=new_id(),
            name="Plan",
            url="https://example.org",
            kind=kind,
            media_type=None,
            size=None,
            created_by=None,
            created_at=at,
        )
        for kind in ("file", "link")
    ]
    assert FilesDiscarded.of(board, made) == FilesDiscarded(board, (made[0].id,))
