"""Files that wait to be imported: one folder, one file an import, held by whoever works on it.

The hold is a lock of the operating system: it ends with the process, however that ends, and other
processes with the same folder see it.
"""

import fcntl
import shutil
import time
from collections.abc import Collection
from pathlib import Path
from typing import IO

from board.security.private_files import make_folder

ORPHAN = 24 * 3600
"""Seconds after which a file that no import names is deleted: its upload was cut off long ago."""


class Uploads:
    """The folder. Everything here blocks: call it in a thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, import_id: str) -> Path:
        """Return where the file of an import lies until the import has ended."""
        return self.folder / f"{import_id}.upload"

    def keep(self, import_id: str, content: IO[bytes]) -> None:
        """Write a file down, for the eyes of this program alone."""
        make_folder(self.folder)
        path = self.path(import_id)
        path.touch(mode=0o600, exist_ok=False)
        with path.open("wb") as file:
            shutil.copyfileobj(content, file, 1024 * 1024)

    def claim(self, import_id: str) -> IO[bytes] | None:
        """Hold a file until the answer is closed; None when another process holds it.

        Raises FileNotFoundError when it is gone.
        """
        file = self.path(import_id).open("rb")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return None
        return file

    def remove(self, import_id: str) -> None:
        """Delete a file; harmless when it is gone."""
        self.path(import_id).unlink(missing_ok=True)

    def sweep(self, wanted: Collection[str]) -> set[str]:
        """Delete what was left behind; return which of the wanted imports have their file here."""
        there = {path.stem for path in self.folder.glob("*.upload")}
        for import_id in there - set(wanted):
            path = self.path(import_id)
            if time.time() - path.stat().st_mtime > ORPHAN:
                path.unlink(missing_ok=True)
        return there & set(wanted)
