"""One uploaded file out of a multipart body, as its bytes come (RFC 7578)."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.sansio.multipart import Data, Epilogue, Event, File, MultipartDecoder, NeedData, Preamble

from board.domain.errors import Invalid, Malformed, TooLarge
from board.domain.media import plain_name
from board.domain.messages import msg

CHUNK = 64 * 1024
"""Bytes read at a time."""

OVERHEAD = 64 * 1024
"""Bytes that the form may have around the file."""

BOUNDARY = 70
"""Characters in a boundary (RFC 2046, section 5.1.1)."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way in: its bytes are read from the network as they are asked for."""

    name: str
    content: AsyncIterator[bytes]


def open_upload(max_bytes: int) -> Upload:
    """Return the file in the form field `file`, the only part of the body. Raises Malformed, Invalid, TooLarge."""
    boundary = request.mimetype_params.get("boundary", "")
    if not 0 < len(boundary) <= BOUNDARY:
        raise Malformed(msg("The Content-Type must name a boundary of 1 to 70 characters."))
    request.max_content_length = max_bytes + OVERHEAD
    decoder = MultipartDecoder(boundary.encode(), max_form_memory_size=4 * CHUNK, max_parts=2)
    parts = _decode(decoder, max_bytes)
    first = next(parts, None)
    if not isinstance(first, File) or first.name != "file":
        raise Invalid.field("file", msg("Send one file, in the form field `file`."))
    return Upload(plain_name(first.filename), _content(parts))


async def _content(parts: Iterator[Event]) -> AsyncIterator[bytes]:
    for event in parts:
        if not isinstance(event, Data):
            raise Invalid.field("file", msg("Send one file and nothing beside it."))
        if event.data:
            yield event.data


def _decode(decoder: MultipartDecoder, max_bytes: int) -> Iterator[Event]:
    """Yield the events of the body, but for what comes before the first part and after the last."""
    try:
        while not isinstance(event := decoder.next_event(), Epilogue):
            if isinstance(event, NeedData):
                decoder.receive_data(request.stream.read(CHUNK) or None)
            elif not isinstance(event, Preamble):
                yield event
    except RequestEntityTooLarge as error:
        raise TooLarge(max_bytes) from error
    except ValueError as error:
        raise Malformed(msg("The form can't be read: %(error)s", error=error)) from error
