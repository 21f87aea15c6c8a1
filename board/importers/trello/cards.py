"""A Trello card as a task."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from board.domain import document, limits
from board.importers.trello.attachments import read_attachments
from board.importers.trello.export_file import Export, source_id
from board.importers.trello.fields import lost_values, values_of, write_list
from board.importers.trello.index import Index
from board.importers.trello.markdown import to_markdown
from board.importers.trello.unsupported import report_unsupported
from board.importers.values import (
    Json,
    identifier,
    identifiers,
    line,
    link,
    made_at,
    moment,
    objects,
    ordinal,
    text,
)


@dataclass(slots=True)
class CardReader:
    """Turns cards into pieces, each card once, and remembers which came."""

    export: Export
    index: Index
    done: set[str] = field(default_factory=set)
    _numbers: set[int] = field(default_factory=set)
    _fields: Counter[str] = field(default_factory=Counter)

    def pieces(self) -> Iterator[document.Task | document.Attachment]:
        """Yield every task, each followed by its attachments."""
        for card in self.export.each("cards"):
            key = identifier(card.get("id"))
            if key is not None and key in self.index.cards and key not in self.done:
                self.done.add(key)
                yield self._task(key, card)
                yield from read_attachments(self.export, self.index.people, key, card=card)
        for name, uses in self._fields.items():
            reason = "custom fields came as text at the end of the descriptions"
            self.export.report.skip("custom field", name, reason, count=uses)

    def _task(self, key: str, card: Json) -> document.Task:
        place, name = self.index.cards[key], line(card.get("name"))
        report_unsupported(self.export.report, name, card, comments=self.index.people.comments[key])
        return document.Task(
            source_id=source_id("card", key),
            column=self.index.columns[place.parent].source_id,
            rank=place.rank,
            number=self._number(card),
            title=self.export.title(card.get("name"), "task"),
            description=self._description(name, card),
            start_at=self._date(card, "start", name),
            due_at=self._date(card, "due", name),
            completed=card.get("dueComplete") is True,
            completed_at=_when(card, "dueComplete", "dateCompleted"),
            archived=card.get("closed") is True,
            archived_at=_when(card, "closed", "dateClosed"),
            labels=self._labels(name, card),
            people=self._people(name, card),
            url=link(card.get("shortUrl")) or link(card.get("url")),
            created_at=made_at(key),
        )

    def _number(self, card: Json) -> int | None:
        number = ordinal(card.get("idShort"))
        if number is None or number in self._numbers:
            return None
        self._numbers.add(number)
        return number

    def _description(self, name: str, card: Json) -> str:
        values = values_of(card, self.index.fields, self.export.zone)
        for words in lost_values(card, self.index.fields, self.export.zone):
            reason = (
                f"the field of its value {words!r} was removed in Trello, and with it what the value means"
            )
            self.export.report.skip("custom field", name, reason)
        self._fields.update(field for field, _ in values)
        extra = self.export.fit(
            write_list(values),
            limits.DESCRIPTION // 2,
            "task",
            name=name,
            what="the text of its custom fields",
        )
        room = limits.DESCRIPTION - (len(extra) + 2 if extra else 0)
        own = self.export.fit(
            to_markdown(text(card.get("desc"))), room, "task", name=name, what="its description"
        )
        return "\n\n".join(part for part in (own, extra) if part)

    def _date(self, card: Json, key: str, name: str) -> datetime | None:
        found = moment(card.get(key))
        if found is None and card.get(key):
            self.export.report.skip("task", name, f"its {key} date can't be read")
        return found

    def _labels(self, name: str, card: Json) -> tuple[str, ...]:
        ids = dict.fromkeys(identifiers(card.get("idLabels")))
        ids.update(dict.fromkeys(identifiers([label.get("id") for label in objects(card.get("labels"))])))
        found = [self.index.labels[key].source_id for key in ids if key in self.index.labels]
        self._report_missing(
            len(ids) - len(found), "label", name, reason="the task has a label that did not come"
        )
        return self._first(found, limits.TASK_LABELS, "label", name=name)

    def _people(self, name: str, card: Json) -> tuple[str, ...]:
        known = self.index.people.known
        ids = list(identifiers(card.get("idMembers")))
        found = [known[key].source_id for key in ids if key in known]
        self._report_missing(
            len(ids) - len(found),
            "member",
            name,
            reason="the task is assigned to somebody the file doesn't name",
        )
        return self._first(found, limits.TASK_ASSIGNEES, "member", name=name)

    def _report_missing(self, number: int, kind: str, name: str, reason: str) -> None:
        if number:
            self.export.report.skip(kind, name, reason, count=number)

    def _first(self, found: list[str], room: int, kind: str, name: str) -> tuple[str, ...]:
        self._report_missing(
            max(0, len(found) - room), kind, name, reason=f"there is room for {room:,} on a task only"
        )
        return tuple(islice(found, room))


def _when(card: Json, flag: str, key: str) -> datetime | None:
    """Newer exports say when; in older ones the last activity comes nearest."""
    return (moment(card.get(key)) or moment(card.get("dateLastActivity"))) if card.get(flag) is True else None
