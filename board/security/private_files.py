"""Files and folders for their owner only, whatever the umask: nobody else on the machine reads them."""

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import structlog

FOLDER, FILE = 0o700, 0o600
OTHERS = 0o077

SAMPLE = 64 * 1024
"""Bytes that are written to see whether there is room."""

OWN_FOLDERS = ("attachments", "exports", "imports")
OWN_FILES = ("secret_key",)
KNOWN_NAMES = ("lost+found", "log-", ".secret_key", ".doctor", ".readyz")
"""Beginnings of names that may lie in a data folder, too, and are nobody else's. The rights of `log-origin` stay as
they are made: a change of them would look like a restored backup."""

log = structlog.get_logger(__name__)


def make_folder(folder: Path, parents: bool = False) -> None:
    """Make a folder, and with `parents` those above it; one that is there stays as it is. Raises OSError."""
    if parents and not folder.parent.exists():
        make_folder(folder.parent, parents=True)
    try:
        folder.mkdir(FOLDER)
    except FileExistsError:
        if not folder.is_dir():
            raise NotADirectoryError(20, os.strerror(20), str(folder)) from None
        return
    folder.chmod(FOLDER)


def make_file(file: Path) -> None:
    """Make an empty file; one that is there stays as it is. Raises OSError."""
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE)
    except FileExistsError:
        return
    os.fchmod(opened, FILE)
    os.close(opened)


def try_writing(folder: Path) -> None:
    """Write a little into a folder and leave nothing behind. Raises OSError."""
    with tempfile.TemporaryFile(dir=folder, prefix=".readyz") as file:
        file.write(bytes(SAMPLE))


def restrict_permissions(data: Path, database: Path | None) -> None:
    """Take other people's rights from what is ours, and say so in the log; say, too, what can't be helped.

    A data folder that holds other things as well (/srv, somebody's home) is not ours to close.
    """
    try:
        for path in _list_own(data, database):
            if _is_open(path):
                _close(path)
        if _is_open(data) and _is_ours_alone(data, database):
            _close(data)
        elif _is_open(data):
            log.warning(
                "data.open_to_others", path=str(data), todo=f"if nothing else needs it: chmod 700 {data}"
            )
    except OSError as error:
        log.warning("data.not_looked_at", path=str(data), error=str(error))


def _is_open(path: Path) -> bool:
    """Return whether others have any right to it. What a link points to is not ours to change."""
    return not path.is_symlink() and path.exists() and bool(path.stat().st_mode & OTHERS)


def _list_own(data: Path, database: Path | None) -> Iterator[Path]:
    yield from (data / name for name in (*OWN_FILES, *OWN_FOLDERS))
    if database is not None:
        yield from (database.with_name(database.name + ending) for ending in ("", "-wal", "-shm"))


def _is_ours_alone(data: Path, database: Path | None) -> bool:
    own = {path.name for path in _list_own(data, database)}
    rest = {path.name for path in data.iterdir()} - own
    return not data.stat().st_mode & stat.S_ISVTX and all(name.startswith(KNOWN_NAMES) for name in rest)


def _close(path: Path) -> None:
    mode = FOLDER if path.is_dir() else FILE
    try:
        path.chmod(mode)
    except OSError as error:
        log.warning(
            "data.open_to_others", path=str(path), error=error.strerror, todo=f"chmod {mode:o} {path}"
        )
        return
    log.warning("data.closed_to_others", path=str(path), mode=f"{mode:04o}")
