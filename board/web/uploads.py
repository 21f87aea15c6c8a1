"""How large a body may be.

As large as a file to import: from signed-in people only, and straight into the data folder.
"""

import tempfile
from typing import IO, Any

from flask import g, request

from board.domain import limits
from board.loop import FormParser
from board.security.private_files import make_folder
from board.web.context import settings
from board.web.flags import Flag, has_flag

FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})

OVERHEAD = 1024 * 1024
"""Bytes that a form may have around its file."""

FIELDS = 1024 * 1024
"""Bytes of it in memory at a time: the lines of people, and what is read of the file at once."""


def bound_body() -> None:
    """Say how large the body at hand may be; called as soon as it is known who sends it.

    Not before: the CSRF check of a page reads the form, and a stranger must not fill the disk by it.
    """
    if g.actor is not None and has_flag(Flag.LARGE_UPLOAD):
        request.max_content_length = settings().import_max_bytes + OVERHEAD
        request.max_form_memory_size = FIELDS
        request.form_data_parser_class = UploadParser
    elif request.mimetype in FORMS:
        request.max_content_length = limits.FORM


class UploadParser(FormParser):
    """Writes files where they will stay, not to /tmp, which may be memory; leaves none open when it fails."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "stream_factory": self._open})
        self._opened: list[IO[bytes]] = []

    def parse(self, *arguments: Any, **options: Any) -> Any:
        """As the base class does."""
        try:
            return super().parse(*arguments, **options)
        except BaseException:
            for file in self._opened:
                file.close()
            raise

    def _open(self, **_about: Any) -> IO[bytes]:
        folder = settings().data / "imports"
        make_folder(folder)
        file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - the request closes it
        self._opened.append(file)
        return file
