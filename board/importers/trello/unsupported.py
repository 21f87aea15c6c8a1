"""What a Trello card has and a task has not: never dropped without a line in the report."""

from collections.abc import Iterator

from board.domain.messages import msg
from board.domain.report import Report
from board.importers.values import Json, child, count, objects

ACTIONS = msg(
    "Trello puts only the newest 1,000 actions into an export, and older comments are not among them"
)


def report_unsupported(report: Report, name: str, card: Json, comments: int) -> None:
    """Report votes, stickers, covers and the like of one card, and comments the export is short of."""
    for kind, number, reason in _list_unsupported(card):
        if number:
            report.skip(kind, name, reason, count=number)
    expected = count(child(card, "badges").get("comments"))
    if expected > comments:
        report.skip("comment", name, ACTIONS, count=expected - comments)


def _list_unsupported(card: Json) -> Iterator[tuple[str, int, str]]:
    votes = card.get("idMembersVoted")
    badge = count(child(card, "badges").get("votes"))
    yield "vote", len(votes) if isinstance(votes, list) and votes else badge, "there are no votes here"
    yield "sticker", len(list(objects(card.get("stickers")))), "there are no stickers here"
    yield "cover", int(_has_cover(card)), "there are no covers here"
    yield "location", int(bool(card.get("coordinates") or card.get("address"))), "there are no locations here"
    yield (
        "power-up",
        len(list(objects(card.get("pluginData")))),
        "what a power-up stored on a card means only something to it",
    )
    yield "template", int(card.get("isTemplate") is True), "a template card came as an ordinary task"
    yield (
        "mirror",
        int(card.get("cardRole") in ("mirror", "link", "board")),
        "a mirror or link card came as an ordinary task",
    )


def _has_cover(card: Json) -> bool:
    cover = child(card, "cover")
    return any(isinstance(cover.get(key), str) for key in ("idAttachment", "color", "idUploadedBackground"))
