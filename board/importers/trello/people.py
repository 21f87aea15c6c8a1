"""Who a board speaks of: its members, and people who left but are on cards or in the talk."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from board.domain import document, limits
from board.domain.messages import msg
from board.importers import values
from board.importers.trello.export_file import Export, source_id
from board.importers.values import Json, child, identifier, line

PEOPLE = 5_000
"""People in one file."""


@dataclass(slots=True)
class People:
    """People by Trello's id. Those who are not members only come if a card or a comment names them."""

    known: dict[str, document.Person] = field(default_factory=dict)
    named: dict[str, document.Person] = field(default_factory=dict)
    mentioned: set[str] = field(default_factory=set)
    comments: Counter[str] = field(default_factory=Counter)
    actions: int = 0

    def mention(self, ids: Iterable[str]) -> None:
        """Note that cards or comments speak of these people."""
        for key in ids:
            if len(self.mentioned) < PEOPLE:
                self.mentioned.add(key)

    def add_mentioned(self, export: Export) -> None:
        """Add who is wanted and was named in passing; say who stays unknown."""
        for key in sorted(self.mentioned - self.known.keys()):
            if key in self.named:
                self.known[key] = self.named[key]
            else:
                export.report.skip("member", key, "a card or comment names this person only by number")
        self.named.clear()


def read_people(export: Export) -> People:
    """Return the members of a board, and the names and comment counts in its activity."""
    people = People()
    for member in export.each("members"):
        if not _add_person(people.known, member, export):
            reason = msg(
                "this person has no usable id, is in the file twice, or is one of more than %(people)s",
                people=PEOPLE,
            )
            export.report.skip("member", line(member.get("fullName")), reason)
    for action in export.each("actions"):
        _note_action(people, action)
    return people


def is_comment(action: Json) -> bool:
    """Return whether an action is a comment, written on its card or copied along with it."""
    return action.get("type") in ("commentCard", "copyCommentCard")


def author_of(action: Json) -> str | None:
    """Return the Trello id of who did an action."""
    return identifier(action.get("idMemberCreator")) or identifier(child(action, "memberCreator").get("id"))


def card_of(action: Json) -> str | None:
    """Return the Trello id of the card an action is about."""
    return identifier(child(child(action, "data"), "card").get("id"))


def _note_action(people: People, action: Json) -> None:
    for key in ("memberCreator", "member"):
        _add_person(people.named, child(action, key), None)
    people.actions += 1
    card, author = card_of(action), author_of(action)
    if is_comment(action) and card is not None:
        if len(people.comments) < limits.TASKS or card in people.comments:
            people.comments[card] += 1
        people.mention([author] if author else [])


def _add_person(people_by_id: dict[str, document.Person], each: Json, export: Export | None) -> bool:
    key = identifier(each.get("id"))
    if key is None or key in people_by_id or len(people_by_id) >= PEOPLE:
        return False
    people_by_id[key] = _person(key, each, export)
    return True


def _person(key: str, each: Json, export: Export | None) -> document.Person:
    username = values.name(each.get("username"))[: limits.NAME]
    name = values.name(each.get("fullName")) or username or "Somebody"
    fitted = (
        export.fit(name, limits.NAME, "member", name=name, what="the name") if export else name[: limits.NAME]
    )
    email = line(each.get("email"))
    sound = "@" in email and len(email) <= limits.EMAIL
    return document.Person(
        source_id("member", key), fitted, username or None, email=email.lower() if sound else None
    )
