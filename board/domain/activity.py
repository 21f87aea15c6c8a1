"""What happened, in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from board.domain.fields import Part, names_of
from board.domain.kinds import KINDS, words_of

Row = Mapping[str, Any]
Names = Mapping[str, str]

UNNAMED = {"task": "a card", "column": "a column", "label": "a label", "member": "somebody", "team": "a team"}


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


Sentence = Callable[[SentenceContext], str]


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


def describe(row: Row, names: Names) -> str:
    """Return an event as a sentence without its subject: `moved “Fix login” from Doing to Done`."""
    kind, _, verb = row["type"].partition(".")
    change, old = _main(row, kind)
    known = {**_own_names(row), **names}
    thing = _quote(known.get(change["id"])) or UNNAMED.get(kind, f"a {kind}")
    write_sentence = _SENTENCES.get(row["type"])
    if write_sentence is not None:
        return write_sentence(SentenceContext(thing=thing, new=change.get("set") or {}, old=old, names=known))
    if verb == "updated":
        return _updated(kind, thing, change.get("set") or {}, old=old)
    return f"{_VERBS.get(verb, verb)} {_PHRASES.get(kind, '')}{thing}{_on_task(change, old, known)}"


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


def _on_task(change: Row, old: Row, names: Names) -> str:
    task = {**old, **(change.get("set") or {})}.get("task_id")
    return f" on {_quote(names.get(task)) or 'a card'}" if task else ""


def _updated(kind: str, thing: str, new: Row, old: Row) -> str:
    if "title" in new and old.get("title"):
        return f"renamed {_PHRASES.get(kind, '')}{_quote(old['title'])} to {_quote(new['title'])}"
    context = names_of(KINDS[kind], Part.VALUE) if kind in KINDS else ()
    fields = [words_of(kind, name) for name in new if name in context]
    what = " and ".join(dict.fromkeys(fields)) or "something"
    return f"changed the {what} of {_PHRASES.get(kind, '')}{thing}"


def _moved(context: SentenceContext) -> str:
    if "column_id" not in context.new:
        return f"moved {context.thing}"
    there, here = [
        context.names.get(row.get("column_id", ""), "a column") for row in (context.old, context.new)
    ]
    return f"moved {context.thing} from {there} to {here}"


def _created(context: SentenceContext) -> str:
    return f"added {context.thing} to {context.names.get(context.new.get('column_id', ''), 'a column')}"


def _commented(context: SentenceContext) -> str:
    return f"commented on {_quote(context.names.get(context.new.get('task_id', ''))) or 'a card'}"


def _member_updated(thing: str, new: Row, old: Row) -> str:
    if new.get("direct_role", "") is None:
        return f"took the role of {thing} away, who stays by a team"
    return _updated("member", thing, new, old=old)


def _linked(field: str, verb: str, word: str, unnamed: str) -> Sentence:
    def write_sentence(context: SentenceContext) -> str:
        ids = set(context.new.get(field) or ()) ^ set(context.old.get(field) or ())
        shown = " and ".join(sorted(_quote(context.names.get(id)) or unnamed for id in ids))
        return f"{verb} {shown} {word} {context.thing}"

    return write_sentence


_VERBS = {"created": "added", "checked": "ticked off", "unchecked": "unticked", "imported": "imported"}
_PHRASES = {
    "column": "the column ",
    "label": "the label ",
    "team": "the team ",
    "checklist": "the checklist ",
    "board": "the board ",
    "attachment": "the attachment ",
}
_SENTENCES: dict[str, Sentence] = {
    "task.created": _created,
    "task.moved": _moved,
    "task.labeled": _linked("label_ids", "put", "on", unnamed="a label"),
    "task.unlabeled": _linked("label_ids", "took", "off", unnamed="a label"),
    "task.assigned": _linked("assignee_ids", "assigned", "to", unnamed="somebody"),
    "task.unassigned": _linked("assignee_ids", "removed", "from", unnamed="somebody"),
    "comment.created": _commented,
    "comment.updated": lambda _: "changed a comment",
    "comment.deleted": lambda context: f"deleted a comment{_on_task({}, context.old, context.names)}",
    "member.updated": lambda context: _member_updated(context.thing, context.new, context.old),
    "team.added": lambda context: f"put the team {context.thing} on the board",
    "team.removed": lambda context: f"took the team {context.thing} off the board",
    "board.imported": lambda _: "imported cards from a file",
}
