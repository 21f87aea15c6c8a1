"""Who is on a board, directly and by teams, and what differs between two moments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from board.domain import events
from board.domain.board import Member
from board.domain.events import Change, EventType
from board.domain.team import BoardTeam


@dataclass(frozen=True, slots=True)
class Membership:
    """The people and the teams of a board at one moment, by id."""

    members: Mapping[str, Member]
    teams: Mapping[str, BoardTeam]

    def gone(self, after: "Membership") -> list[str]:
        """Return the ids of those who are no longer on the board."""
        return sorted(self.members.keys() - after.members.keys())


def compare(before: Membership, after: Membership) -> list[Change]:
    """Return what replicas have to change, the teams first."""
    return [*_differences(before.teams, after.teams), *_differences(before.members, after.members)]


def name_membership_change(before: Membership, after: Membership) -> EventType:
    """Return the type of the event: what happened to a team, else to people, else to people of a team."""
    if after.teams.keys() - before.teams.keys():
        return EventType.TEAM_ADDED
    if before.teams.keys() - after.teams.keys():
        return EventType.TEAM_REMOVED
    if _differ(before.teams, after.teams, ("role", "name")):
        return EventType.TEAM_UPDATED
    if after.members.keys() - before.members.keys():
        return EventType.MEMBER_ADDED
    if before.members.keys() - after.members.keys():
        return EventType.MEMBER_REMOVED
    if _differ(before.members, after.members, ("role", "direct_role")):
        return EventType.MEMBER_UPDATED
    return EventType.TEAM_UPDATED


def _differ(before: Mapping[str, Any], after: Mapping[str, Any], fields: Iterable[str]) -> bool:
    both = before.keys() & after.keys()
    return any(getattr(before[id], name) != getattr(after[id], name) for id in both for name in fields)


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    found = [events.deleted(before[id]) for id in sorted(before.keys() - after.keys())]
    found += [events.created(after[id]) for id in sorted(after.keys() - before.keys())]
    both = sorted(before.keys() & after.keys())
    return [*found, *events.collect(events.changed(before[id], after[id]) for id in both)]
