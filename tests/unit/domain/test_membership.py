"""Who is on a board at two moments, and what is said of the difference."""

from datetime import UTC, datetime

import pytest

from board.domain.board import Member
from board.domain.events import EventType
from board.domain.membership import Membership, compare, name_membership_change
from board.domain.team import BoardTeam

AT = datetime(2030, 1, 1, tzinfo=UTC)


def member(id: str, role: str = "editor", direct: str | None = None, teams: tuple[str, ...] = ()) -> Member:
    """Somebody on a board."""
    return Member(
        id=id,
        user_id=id,
        board_id="b",
        name=id.title(),
        email=f"{id}@example.org",
        role=role,
        color="#000000",
        created_at=AT,
        direct_role=direct,
        team_ids=teams,
    )


def seats(*things: Member | BoardTeam) -> Membership:
    """These people and teams."""
    return Membership(
        {one.id: one for one in things if isinstance(one, Member)},
        {one.id: one for one in things if isinstance(one, BoardTeam)},
    )


def team(role: str = "editor", count: int = 1, name: str = "Gardeners") -> BoardTeam:
    """A team on a board."""
    return BoardTeam(id="t", board_id="b", name=name, role=role, member_count=count, created_at=AT)


BEN = member("ben", teams=("t",))


@pytest.mark.parametrize(
    ("before", "after", "type_"),
    [
        (seats(), seats(team(), BEN), EventType.TEAM_ADDED),
        (seats(team(), BEN), seats(), EventType.TEAM_REMOVED),
        (seats(team(), BEN), seats(team("owner"), member("ben", "owner")), EventType.TEAM_UPDATED),
        (seats(team()), seats(team(name="Growers")), EventType.TEAM_UPDATED),
        (seats(team(count=0)), seats(team(), BEN), EventType.MEMBER_ADDED),
        (seats(team(), BEN), seats(team(count=0)), EventType.MEMBER_REMOVED),
        (seats(team(), BEN), seats(team(count=0), member("ben", "viewer", "viewer")), EventType.MEMBER_UPDATED),
        (seats(team(count=0), member("ben")), seats(team(), BEN), EventType.TEAM_UPDATED),
    ],
)  # fmt: skip
def test_a_shift_is_named_after_what_matters_most(
    before: Membership, after: Membership, type_: EventType
) -> None:
    assert name_membership_change(before, after) == type_


def test_the_changes_lead_from_one_to_the_other() -> None:
    before = seats(team(), BEN, member("cara"))
    after = seats(team(count=0), member("cara", "owner"), member("dan"))
    told = [(change.kind, change.id, change.set) for change in compare(before, after)]
    assert told[0] == ("team", "t", {"member_count": 0})
    assert told[1] == ("member", "ben", None)
    assert (told[2][:2], told[3]) == (("member", "dan"), ("member", "cara", {"role": "owner"}))
    assert before.gone(after) == ["ben"]
    assert compare(after, after) == []
