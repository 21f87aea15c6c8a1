"""An application with two identity providers, and browsers that sign in with them."""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from board.config.settings import Profile, Settings, read_settings
from tests.integration.oidc.provider import CLIENT, SECRET, Provider

AUDIENCE = "https://board.test/api"


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    """The provider that is called `sso`."""
    made = Provider()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def other() -> AsyncIterator[Provider]:
    """The provider that is called `other`."""
    made = Provider()
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def settings(database_url: str, tmp_path: Path, provider: Provider, other: Provider) -> Settings:
    """Settings with both providers, and rate limits out of the way."""
    common = {"client_id": CLIENT, "client_secret": SECRET}
    return read_settings(
        _env_file=None,
        profile=Profile.TESTING,
        data=tmp_path / "data",
        database_url=database_url,
        secret_key="a key for tests only, 32 characters or more",
        rate_sign_in="",
        rate_register="",
        rate_api="",
        oidc={
            "sso": {**common, "issuer": provider.issuer, "api_audience": AUDIENCE, "admin_groups": "root"},
            "other": {**common, "issuer": other.issuer, "domains": "example.org"},
        },
    )


@pytest.fixture
def parts(asgi: Any) -> Any:
    """What the application is made of."""
    return asgi.app.app.extensions["board"]


class Browser:
    """Somebody's browser, and what the log says of what they do."""

    def __init__(self, http: httpx2.AsyncClient, caplog: pytest.LogCaptureFixture) -> None:
        self.http, self.caplog = http, caplog

    async def begin(self, name: str = "sso", **asked: str) -> str:
        """Press the button of a provider; where the browser is sent to."""
        answer = await self.http.get(f"/auth/{name}/start", params=asked)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["Location"])

    async def sign_in(self, provider: Provider, name: str = "sso", **asked: str) -> httpx2.Response:
        """Press the button, say yes over there, and come back."""
        return await self.http.get(provider.approve(await self.begin(name, **asked)))

    async def me(self) -> Any:
        """The account that is signed in here, or None."""
        answer = await self.http.get("/api/v1/me")
        return answer.json() if answer.status_code == 200 else None

    def events(self, name: str) -> list[dict[str, Any]]:
        """What the log holds of one kind of event."""
        said = [one.msg for one in self.caplog.records if isinstance(one.msg, dict)]
        return [dict(one) for one in said if one["event"] == name]

    def refused(self, answer: httpx2.Response) -> str:
        """The code under which the log explains a refusal that shows its request id to the person."""
        assert answer.status_code in (303, 403), answer.text
        entry = self.events("oidc.refused")[-1]
        assert entry["request_id"] == answer.headers["X-Request-ID"]
        assert answer.status_code == 303 or entry["request_id"] in answer.text
        return str(entry["code"])


@pytest.fixture
def open_browser(open_client: Callable[..., httpx2.AsyncClient], caplog: pytest.LogCaptureFixture) -> Any:
    """Make browsers with cookies of their own."""
    return lambda: Browser(open_client(), caplog)


@pytest.fixture
def browser(open_browser: Callable[[], Browser]) -> Browser:
    """A browser where nobody is signed in."""
    return open_browser()
