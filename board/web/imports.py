"""Receiving a file to import: shared by the API and the page."""

import asyncio
import re
from pathlib import Path
from typing import Protocol, cast

from flask import current_app, request
from werkzeug.datastructures import FileStorage

from board.domain import limits
from board.domain.errors import BoardError, FieldError, Invalid
from board.domain.ids import new_id
from board.domain.imports import Import
from board.domain.media import plain_name
from board.service import imports
from board.service.ports import Command
from board.web.context import actor, store

UPLOADS = frozenset({"api.start_import", "api.import_into_board", "pages.start_import"})
"""The endpoints that take a body as large as BOARD_IMPORT_MAX_BYTES."""

PEOPLE = 500
"""Lines in the field `people`."""

_LINE = re.compile(r"\s*(?P<name>[^=]+?)\s*=\s*(?P<email>[^\s=@]+@[^\s=@]+)\s*")


class Jobs(Protocol):
    """What runs imports in the background."""

    def path(self, import_id: str) -> Path: ...
    def start(self, import_id: str) -> None: ...


async def receive(command: Command, board_id: str | None = None) -> Import:
    """Keep the uploaded file, note the import and start it.

    Form fields: `file`, and `people` with lines like `username = person@example.org`.
    """
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid.field("file", "Choose a file.")
    people = read_people(request.form.get("people", ""))
    size = await asyncio.to_thread(_measure, file)
    name = plain_name(file.filename)[: limits.TITLE]
    jobs = cast("Jobs", current_app.extensions["board"].imports)
    path = jobs.path(import_id := new_id())
    await asyncio.to_thread(_keep, file, path)
    try:
        draft = imports.ImportDraft(import_id, name, size, people, board_id)
        run = await imports.queue_import(store(), actor(), command, draft)
    except BoardError:
        await asyncio.to_thread(path.unlink)
        raise
    jobs.start(run.id)
    return run


def read_people(text: str) -> dict[str, str]:
    """Names of the file and the accounts they belong to, of lines `name = e-mail`."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > PEOPLE:
        raise Invalid.field("people", f"At most {PEOPLE} lines.")
    found = [(_LINE.fullmatch(line), number) for number, line in enumerate(lines, 1)]
    errors = [
        FieldError("people", f"Line {number}: write `name in the file = e-mail address`.")
        for match, number in found
        if match is None
    ]
    if errors:
        raise Invalid(*errors)
    return {match["name"]: match["email"].lower() for match, _ in found if match}


def _measure(file: FileStorage) -> int:
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    return size


def _keep(file: FileStorage, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    file.save(path)
