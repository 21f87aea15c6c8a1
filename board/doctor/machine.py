"""The settings, the key that signs sessions, and the data folder."""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from board.config.settings import ConfigurationError, Profile, Settings, find_misspelt, list_names
from board.domain.diagnosis import Finding, bad, good, note

SPACE_MIN = 512 * 1024 * 1024
"""Free bytes below which a database or an import may soon fail."""


async def check(settings: Settings) -> AsyncIterator[Finding]:
    """Check settings that work but should not be so, the key, the folder."""
    for finding in (*_configuration(settings), *_secret(settings), *_folder(settings.data)):
        yield finding


def _configuration(settings: Settings) -> Iterator[Finding]:
    way = "one process with SQLite" if settings.embedded else "many processes"
    yield good("configuration", f"the settings are valid, for {way}")
    for sentence in find_misspelt(list_names()):
        yield note("configuration", sentence, "correct it, or take it out")
    if settings.profile is not Profile.PRODUCTION:
        yield note(
            "configuration", f"BOARD_PROFILE is {settings.profile.value}", "leave it out where people work"
        )
    if settings.database.startswith("postgresql") and not settings.redis_url:
        yield note(
            "configuration",
            "PostgreSQL without Redis: a change at one process reaches browsers at another only after seconds",
            "set REDIS_URL, or run one process",
        )


def _secret(settings: Settings) -> Iterator[Finding]:
    try:
        key = settings.read_secret()
    except ConfigurationError as error:
        yield bad("secret key", str(error), "make one with: openssl rand -hex 32")
        return
    path = settings.secret_key_file or settings.data / "secret_key"
    if len(set(key)) < 10:
        yield bad(
            "secret key",
            f"it has only {len(set(key))} different characters: it can be guessed",
            "make one with: openssl rand -hex 32",
        )
    elif settings.secret_key.get_secret_value():
        yield good("secret key", f"{len(key)} characters, from SECRET_KEY")
    elif path.stat().st_mode & 0o077:
        yield bad("secret key", f"others on this machine may read {path}", f"run: chmod 600 {path}")
    else:
        yield good("secret key", f"{len(key)} characters, from {path}, which nobody else can read")


def _folder(folder: Path) -> Iterator[Finding]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor"):
            free = shutil.disk_usage(folder).free
    except OSError as error:
        owner = f"run: chown -R {os.getuid()} {folder}"
        yield bad("data folder", f"{folder} can't be written: {error.strerror}", owner)
        return
    text = f"{folder} can be written and has {free / 1024**3:,.1f} GiB free"
    if free < SPACE_MIN:
        yield bad("data folder", text, f"make room, or set BOARD_DATA to a larger disk than that of {folder}")
    else:
        yield good("data folder", text)
