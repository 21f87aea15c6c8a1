"""Comments, which in a Trello export are actions among many others."""

from collections import Counter
from collections.abc import Iterator

from board.domain import document, limits
from board.importers import values
from board.importers.trello.export_file import Export, source_id
from board.importers.trello.index import Index
from board.importers.trello.markdown import to_markdown
from board.importers.trello.people import author_of, card_of, is_comment
from board.importers.values import Json, child, identifier, line, moment, text

COMMENTS_IN_ALL = 100_000
"""Comments in one file."""


def read_comments(export: Export, index: Index, cards: set[str]) -> Iterator[document.Comment]:
    """Yield the comments on the cards that came, in the order of the file: the newest first."""
    seen: set[str] = set()
    each_card: Counter[str] = Counter()
    for action in export.each("actions"):
        if not is_comment(action):
            continue
        key, card = identifier(action.get("id")), card_of(action)
        body = to_markdown(text(child(action, "data").get("text"))).strip()
        reason = _reason_to_skip(key, card, body, seen=seen, cards=cards, each_card=each_card)
        if reason or key is None or card is None:
            export.report.skip("comment", line(body[:200]), reason)
            continue
        seen.add(key)
        each_card[card] += 1
        yield _comment(export, index, key, card=card, body=body, action=action)
    others = index.people.actions - len(seen)
    if others:
        export.report.skip(
            "activity", "what is not a comment", "the history of who did what stays in Trello", count=others
        )


def _reason_to_skip(
    key: str | None, card: str | None, body: str, seen: set[str], cards: set[str], each_card: Counter[str]
) -> str:
    if key is None or key in seen:
        return "it has no usable id or is in the file twice"
    if card is None or card not in cards:
        return "its card is not in the file or did not come"
    if not body:
        return "it is empty"
    full = len(seen) >= COMMENTS_IN_ALL or each_card[card] >= limits.COMMENTS
    return (
        f"there is room for {limits.COMMENTS:,} on a task and {COMMENTS_IN_ALL:,} in a file only"
        if full
        else ""
    )


def _comment(export: Export, index: Index, key: str, card: str, body: str, action: Json) -> document.Comment:
    person = index.people.known.get(author_of(action) or "")
    name = (
        person.name if person else values.name(child(action, "memberCreator").get("fullName"))[: limits.NAME]
    )
    return document.Comment(
        source_id=source_id("comment", key),
        task=source_id("card", card),
        person=person.source_id if person else None,
        author_name=name or "Somebody",
        body=export.fit(body, limits.COMMENT, "comment", name=line(body[:200]), what="its text"),
        created_at=moment(action.get("date")) or moment(child(action, "data").get("dateCreated")),
        updated_at=moment(child(action, "data").get("dateLastEdited")),
    )
