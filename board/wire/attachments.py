"""Attachments: what clients send about them, and what the server answers."""

from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints

from board.domain import limits
from board.domain.messages import msg
from board.wire.fields import Clean, Id, Mutation, Resource, Title


def _check_link(url: str) -> str:
    """Refuse what a browser could take for anything but a page on the web, `javascript:` first of all."""
    if any(character <= " " or character in "\\\x7f" or character.isspace() for character in url):
        raise ValueError(msg("must not contain spaces, backslashes or control characters"))
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise ValueError(msg("must start with http:// or https:// and name a host"))
    if parts.username is not None or parts.password is not None:
        raise ValueError(msg("must not contain a user name or a password"))
    _ = parts.port
    return url


Link = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=limits.URL),
    Clean,
    AfterValidator(_check_link),
    Field(description="An http or https address", json_schema_extra={"format": "uri"}),
]


class NewLink(Mutation):
    """A link to attach."""

    id: Id | None = None
    name: Title
    url: Link


class Attachment(Resource):
    """A link or an uploaded file. The `url` of a file is a path on this server; `size` counts its bytes."""

    id: str
    board_id: str
    task_id: str
    name: str
    url: str
    kind: Literal["link", "file"]
    media_type: str | None
    size: int | None
    created_by: str | None
    created_at: datetime
