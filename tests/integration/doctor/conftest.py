"""What the doctor finds, and a server to look at."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from board.config.settings import Profile, read_settings
from board.doctor import CHECKS
from board.domain.diagnosis import Finding, State
from tests.integration.oidc.provider import CLIENT, SECRET, Provider

KEY = "a key for tests only, 32 characters or more"
Look = Callable[..., Awaitable[list[Finding]]]


@pytest.fixture
def look(tmp_path: Path, sqlite_url: str) -> Look:
    """Look at one part under these settings: `await look("Redis", redis_url=...)`."""

    async def look_at(part: str, **settings: Any) -> list[Finding]:
        chosen = {"data": tmp_path / "data", "database_url": sqlite_url, "secret_key": KEY} | settings
        found = CHECKS[part](read_settings(_env_file=None, profile=Profile.TESTING, **chosen))
        return [finding async for finding in found]

    return look_at


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    """An identity provider on loopback."""
    made = Provider()
    await made.start()
    yield made
    await made.stop()


def of(provider: Provider, **more: Any) -> dict[str, Any]:
    """Settings with this provider, called `sso`."""
    one = {"issuer": provider.issuer, "client_id": CLIENT, "client_secret": SECRET, "label": "Sesame"}
    return {"oidc": {"sso": one | more}, "url": "https://board.example.org"}


def bad(findings: list[Finding]) -> list[tuple[str, str]]:
    """What is wrong, and what to do."""
    return [(finding.text, finding.fix) for finding in findings if finding.state is State.BAD]


def texts(findings: list[Finding]) -> str:
    """All that was found, as one text."""
    return "\n".join(finding.text for finding in findings)
