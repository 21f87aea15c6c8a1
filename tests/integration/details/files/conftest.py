"""Uploads of at most `MOST` bytes, and a look at what is kept of them."""

from pathlib import Path
from typing import Any

import pytest

from board.config.settings import Settings
from tests.integration.details.conftest import Place

MOST = 100_000


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Files may have `MOST` bytes."""
    return settings.model_copy(update={"attachment_max_bytes": MOST})


@pytest.fixture
def kept(settings: Settings) -> Any:
    """The files on the disk, by path below the folder of attachments."""
    folder = settings.data / "attachments"

    def look() -> dict[str, bytes]:
        found = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".gone"]
        return {str(path.relative_to(folder)): path.read_bytes() for path in found}

    return look


def path_of(settings: Settings, attachment: dict[str, Any]) -> Path:
    """Where the bytes of a file lie."""
    return settings.data / "attachments" / attachment["board_id"] / attachment["id"]


async def upload(place: Place, name: str, content: bytes, **headers: str) -> Any:
    """The answer to an upload."""
    path = f"/api/v1{place.task_path}/attachments"
    headers = {key.replace("_", "-"): value for key, value in headers.items()}
    return await place.owner.http.post(path, files={"file": (name, content)}, headers=headers)


async def attach(place: Place, name: str, content: bytes) -> Any:
    """A file that was taken."""
    answer = await upload(place, name, content)
    assert answer.status_code == 201, answer.text
    await place.follower.catch_up()
    return answer.json()
