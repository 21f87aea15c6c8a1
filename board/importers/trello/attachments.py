"""The attachments of a Trello card, which all come as links."""

import re
from collections.abc import Iterator

from board.domain import document, limits
from board.importers import values
from board.importers.trello.export_file import Export, source_id
from board.importers.trello.people import People
from board.importers.values import Json, count, identifier, line, moment, objects, spaced_link

_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]{1,63}/[\w!#$&^.+-]{1,63}", re.ASCII)
_UPLOAD = re.compile(
    r"https://(?:[\w.-]+\.)?(?:trello\.com/.*/attachments/|trello-attachments\.s3\.amazonaws\.com/)", re.ASCII
)


def read_attachments(export: Export, people: People, owner: str, card: Json) -> Iterator[document.Attachment]:
    """Yield every attachment that has a web address."""
    keys: set[str] = set()
    for each in objects(card.get("attachments")):
        key, url = identifier(each.get("id")), spaced_link(each.get("url"))
        name = values.name(each.get("name")) or line(each.get("url"))
        reason = _reason_to_skip(key, url, keys)
        if reason or key is None or url is None:
            export.report.skip("attachment", name, reason)
            continue
        keys.add(key)
        if each.get("isUpload") is True or _UPLOAD.match(url):
            reason = "the file stays at Trello; its link came, and opens with a Trello login"
            export.report.skip("attachment", name, reason)
        yield _attachment(export, people, (owner, key), name=name, url=url, each=each)


def _attachment(
    export: Export, people: People, keys: tuple[str, str], name: str, url: str, each: Json
) -> document.Attachment:
    person = people.known.get(identifier(each.get("idMember")) or "")
    media_type = line(each.get("mimeType"))
    return document.Attachment(
        source_id=source_id("attachment", *keys),
        task=source_id("card", keys[0]),
        name=export.fit(name, limits.TITLE, "attachment", name=name, what="its name"),
        url=url,
        media_type=media_type if _MEDIA_TYPE.fullmatch(media_type) else None,
        size=count(each.get("bytes")) or None,
        person=person.source_id if person else None,
        created_at=moment(each.get("date")),
    )


def _reason_to_skip(key: str | None, url: str | None, keys: set[str]) -> str:
    if key is None or key in keys:
        return "it has no usable id or is on its card twice"
    if url is None:
        return f"its address isn't a web address of at most {limits.URL:,} characters"
    return (
        f"there is room for {limits.ATTACHMENTS:,} on a task only" if len(keys) >= limits.ATTACHMENTS else ""
    )
