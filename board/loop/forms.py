"""Forms in request bodies, with bounds for both of their media types."""

from io import BytesIO
from typing import Any

from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

CHUNK = 64 * 1024
"""Bytes read at a time."""


class FormParser(FormDataParser):
    """Werkzeug bounds multipart forms alone.

    A url-encoded one of a megabyte has half a million fields, each decoded by Python code. Here `max_form_parts`
    and `max_form_memory_size` hold for it as well, and what is refused says why.
    """

    def _parse_urlencoded(
        self, stream: Any, mimetype: str, content_length: int | None, options: dict[str, str]
    ) -> Any:
        body = _read(stream, self.max_form_memory_size)
        if self.max_form_parts is not None and body.count(b"&") >= self.max_form_parts:
            raise self._refusal()
        return super()._parse_urlencoded(BytesIO(body), mimetype, content_length, options=options)

    def _parse_multipart(
        self, stream: Any, mimetype: str, content_length: int | None, options: dict[str, str]
    ) -> Any:
        try:
            return super()._parse_multipart(stream, mimetype, content_length, options=options)
        except RequestEntityTooLarge as error:
            if error.description != RequestEntityTooLarge.description:
                raise
            raise self._refusal() from error

    def _refusal(self) -> RequestEntityTooLarge:
        return RequestEntityTooLarge(
            f"A form may have at most {self.max_form_parts:,} fields here, and {self.max_form_memory_size:,} bytes "
            "beside its files."
        )


def _read(stream: Any, most: int | None) -> bytes:
    """Return the body, or as much as shows that it is too long."""
    if most is None:
        return bytes(stream.read())
    body = bytearray()
    while len(body) <= most and (chunk := stream.read(CHUNK)):
        body += chunk
    if len(body) > most:
        raise RequestEntityTooLarge(f"A form may have at most {most:,} bytes here.")
    return bytes(body)
