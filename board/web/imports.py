"""Receiving a file to import: shared by the API and the page."""

import re

from flask import request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from board.domain import limits
from board.domain.errors import Invalid, TooLarge
from board.domain.ids import new_id
from board.domain.imports import Import
from board.domain.media import plain_name
from board.domain.messages import msg
from board.service import imports
from board.service.ports import Command
from board.web.context import actor, parts, settings, store
from board.wire.imports import read_people

_ZONE = re.compile(rf"[A-Za-z][\w+/-]{{0,{limits.TIME_ZONE - 1}}}", re.ASCII)
"""What a name in the IANA database looks like; one that is newer than the database of this machine stands for UTC."""


async def receive(command: Command, board_id: str | None = None) -> Import:
    """Keep the uploaded file, note the import and start it.

    Form fields: `file`; `people` with lines like `username = person@example.org`; `time_zone`, in which dates with
    times are written into texts.
    """
    await imports.require_import(store(), actor(), board_id)
    file = _uploaded()
    people = read_people(request.form.get("people", "").splitlines())
    name = plain_name(file.filename or "")[: limits.TITLE]
    draft = imports.ImportDraft(
        new_id(), name, _measure(file), people=people, board_id=board_id, time_zone=_read_zone()
    )

    jobs = parts().imports
    try:
        await jobs.keep(draft.id, file.stream)
        run = await imports.queue_import(store(), actor(), command, draft=draft)
    except BaseException:
        await jobs.discard(draft.id)
        raise
    jobs.start(run.id)
    return run


def _read_zone() -> str:
    name = request.form.get("time_zone", "").strip()
    if name and not _ZONE.fullmatch(name):
        raise Invalid.field("time_zone", msg("Give the name of a time zone, like Europe/Berlin."))
    return name


def _uploaded() -> FileStorage:
    try:
        file = request.files.get("file")
    except RequestEntityTooLarge as error:
        raise TooLarge(settings().import_max_bytes) from error
    if file is None or not file.filename:
        raise Invalid.field("file", msg("Choose a file."))
    return file


def _measure(file: FileStorage) -> int:
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    if size > settings().import_max_bytes:
        raise TooLarge(settings().import_max_bytes)
    return size
