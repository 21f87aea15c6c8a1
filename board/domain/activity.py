"""What happened, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from board.domain.fields import Part, names_of
from board.domain.kinds import KINDS, words_of
from board.domain.messages import Message, msg

Row = Mapping[str, Any]
Names = Mapping[str, str]

UNNAMED = {
    "board": msg("a board"),
    "column": msg("a column"),
    "task": msg("a card"),
    "label": msg("a label"),
    "member": msg("somebody"),
    "team": msg("a team"),
    "checklist": msg("a checklist"),
    "item": msg("an item"),
    "attachment": msg("an attachment"),
}
"""What a thing is called whose name is not known."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A card that an event is about."""

    id: str
    number: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceContext:
    """What a sentence is made of: the thing in words, its new and its old values, and the names of ids."""

    thing: str
    new: Row
    old: Row
    names: Names

    def card(self) -> str:
        """Return the name of the card that the thing hangs on, or a word for it."""
        task_id = {**self.old, **self.new}.get("task_id")
        return _quote(self.names.get(task_id or "")) or UNNAMED["task"]


Sentence = Callable[[SentenceContext], Message]


def list_referenced_ids(rows: list[Row]) -> set[str]:
    """Return the ids that describing these events needs names for."""
    found: set[str] = set()
    for row in rows:
        for change, old in zip(row["changes"], row["before"], strict=True):
            found.add(change["id"])
            for values in (change.get("set") or {}, old["set"]):
                found |= {
                    values[name] for name in ("column_id", "task_id", "checklist_id") if values.get(name)
                }
                found |= set(values.get("label_ids") or ()) | set(values.get("assignee_ids") or ())
    return found


def describe(row: Row, names: Names) -> Message:
    """Return an event as a sentence without its subject: `moved “Fix login” from Doing to Done`."""
    kind = row["type"].partition(".")[0]
    change, old = _main(row, kind)
    known = {**_own_names(row), **names}
    thing = _quote(known.get(change["id"])) or UNNAMED.get(kind, msg("something"))
    context = SentenceContext(thing=thing, new=change.get("set") or {}, old=old, names=known)
    return _SENTENCES.get(row["type"], _changed_somehow)(context)


def _main(row: Row, kind: str) -> tuple[Row, Row]:
    """Return the change that gave the event its name."""
    pairs = [(change, old["set"]) for change, old in zip(row["changes"], row["before"], strict=True)]
    return next((pair for pair in reversed(pairs) if pair[0]["kind"] == kind), pairs[0])


def _own_names(row: Row) -> dict[str, str]:
    """Return names of what is gone by now, as the event remembers them."""
    found = {}
    for change, old in zip(row["changes"], row["before"], strict=True):
        values = {**old["set"], **(change.get("set") or {})}
        name = values.get("title") or values.get("name")
        if name:
            found[change["id"]] = name
    return found


def _quote(name: str | None) -> str:
    return f"“{name}”" if name else ""


def _tell(sentence: Message, on_card: Message | None = None) -> Sentence:
    """Return what tells a sentence about a thing; `on_card` is the one for a thing whose card is known."""

    def write_sentence(context: SentenceContext) -> Message:
        if on_card is not None and {**context.old, **context.new}.get("task_id"):
            return on_card.fill(thing=context.thing, card=context.card())
        return sentence.fill(thing=context.thing)

    return write_sentence


def _tell_update(kind: str, changed: Message, renamed: Message | None = None) -> Sentence:
    """Return what tells which fields of a thing were changed, or that it was `renamed`."""

    def write_sentence(context: SentenceContext) -> Message:
        new, old = context.new, context.old
        if renamed is not None and "title" in new and old.get("title"):
            return renamed.fill(old=_quote(old["title"]), new=_quote(new["title"]))
        values = names_of(KINDS[kind], Part.VALUE)
        fields = list(dict.fromkeys(words_of(kind, name) for name in new if name in values))
        return changed.fill(fields=fields or msg("something"), thing=context.thing)

    return write_sentence


def _tell_links(field: str, kind: str, sentence: Message) -> Sentence:
    """Return what tells which labels or people were put on a card or taken off."""

    def write_sentence(context: SentenceContext) -> Message:
        ids = set(context.new.get(field) or ()) ^ set(context.old.get(field) or ())
        linked = sorted(_quote(context.names.get(id)) or UNNAMED[kind] for id in ids)
        return sentence.fill(linked=linked, thing=context.thing)

    return write_sentence


def _moved(context: SentenceContext) -> Message:
    if "column_id" not in context.new:
        return msg("moved %(thing)s", thing=context.thing)
    there, here = [_column(context, row) for row in (context.old, context.new)]
    return msg("moved %(thing)s from %(old)s to %(new)s", thing=context.thing, old=there, new=here)


def _created(context: SentenceContext) -> Message:
    return msg("added %(thing)s to %(column)s", thing=context.thing, column=_column(context, context.new))


def _column(context: SentenceContext, row: Row) -> str:
    return context.names.get(row.get("column_id", ""), UNNAMED["column"])


def _commented(context: SentenceContext) -> Message:
    return msg("commented on %(card)s", card=context.card())


def _member_updated(context: SentenceContext) -> Message:
    if context.new.get("direct_role", "") is None:
        return msg("took the role of %(thing)s away, who stays by a team", thing=context.thing)
    return _MEMBER_CHANGED(context)


def _changed_somehow(context: SentenceContext) -> Message:
    return msg("changed %(thing)s", thing=context.thing)


_MEMBER_CHANGED = _tell_update("member", msg("changed the %(fields)s of %(thing)s"))
_SENTENCES: dict[str, Sentence] = {
    "board.created": _tell(msg("added the board %(thing)s")),
    "board.updated": _tell_update(
        "board",
        msg("changed the %(fields)s of the board %(thing)s"),
        msg("renamed the board %(old)s to %(new)s"),
    ),
    "board.archived": _tell(msg("archived the board %(thing)s")),
    "board.restored": _tell(msg("restored the board %(thing)s")),
    "board.imported": _tell(msg("imported cards from a file")),
    "column.created": _tell(msg("added the column %(thing)s")),
    "column.updated": _tell_update(
        "column",
        msg("changed the %(fields)s of the column %(thing)s"),
        msg("renamed the column %(old)s to %(new)s"),
    ),
    "column.moved": _tell(msg("moved the column %(thing)s")),
    "column.archived": _tell(msg("archived the column %(thing)s")),
    "column.restored": _tell(msg("restored the column %(thing)s")),
    "column.deleted": _tell(msg("deleted the column %(thing)s")),
    "task.created": _created,
    "task.updated": _tell_update(
        "task", msg("changed the %(fields)s of %(thing)s"), msg("renamed %(old)s to %(new)s")
    ),
    "task.moved": _moved,
    "task.archived": _tell(msg("archived %(thing)s")),
    "task.restored": _tell(msg("restored %(thing)s")),
    "task.completed": _tell(msg("completed %(thing)s")),
    "task.reopened": _tell(msg("reopened %(thing)s")),
    "task.deleted": _tell(msg("deleted %(thing)s")),
    "task.labeled": _tell_links("label_ids", "label", msg("put %(linked)s on %(thing)s")),
    "task.unlabeled": _tell_links("label_ids", "label", msg("took %(linked)s off %(thing)s")),
    "task.assigned": _tell_links("assignee_ids", "member", msg("assigned %(linked)s to %(thing)s")),
    "task.unassigned": _tell_links("assignee_ids", "member", msg("removed %(linked)s from %(thing)s")),
    "label.created": _tell(msg("added the label %(thing)s")),
    "label.updated": _tell_update(
        "label",
        msg("changed the %(fields)s of the label %(thing)s"),
    ),
    "label.deleted": _tell(msg("deleted the label %(thing)s")),
    "member.added": _tell(msg("added %(thing)s")),
    "member.updated": _member_updated,
    "member.removed": _tell(msg("removed %(thing)s")),
    "team.added": _tell(msg("put the team %(thing)s on the board")),
    "team.updated": _tell_update(
        "team",
        msg("changed the %(fields)s of the team %(thing)s"),
    ),
    "team.removed": _tell(msg("took the team %(thing)s off the board")),
    "checklist.created": _tell(
        msg("added the checklist %(thing)s"), msg("added the checklist %(thing)s on %(card)s")
    ),
    "checklist.updated": _tell_update(
        "checklist",
        msg("changed the %(fields)s of the checklist %(thing)s"),
        msg("renamed the checklist %(old)s to %(new)s"),
    ),
    "checklist.moved": _tell(
        msg("moved the checklist %(thing)s"), msg("moved the checklist %(thing)s on %(card)s")
    ),
    "checklist.deleted": _tell(
        msg("deleted the checklist %(thing)s"), msg("deleted the checklist %(thing)s on %(card)s")
    ),
    "item.created": _tell(msg("added %(thing)s"), msg("added %(thing)s on %(card)s")),
    "item.updated": _tell_update(
        "item", msg("changed the %(fields)s of %(thing)s"), msg("renamed %(old)s to %(new)s")
    ),
    "item.moved": _tell(msg("moved %(thing)s"), msg("moved %(thing)s on %(card)s")),
    "item.checked": _tell(msg("ticked off %(thing)s"), msg("ticked off %(thing)s on %(card)s")),
    "item.unchecked": _tell(msg("unticked %(thing)s"), msg("unticked %(thing)s on %(card)s")),
    "item.deleted": _tell(msg("deleted %(thing)s"), msg("deleted %(thing)s on %(card)s")),
    "comment.created": _commented,
    "comment.updated": _tell(msg("changed a comment")),
    "comment.deleted": _tell(msg("deleted a comment"), msg("deleted a comment on %(card)s")),
    "attachment.added": _tell(
        msg("added the attachment %(thing)s"), msg("added the attachment %(thing)s on %(card)s")
    ),
    "attachment.removed": _tell(
        msg("removed the attachment %(thing)s"), msg("removed the attachment %(thing)s on %(card)s")
    ),
}
