"""What tests of accounts share: forms as a browser posts them, other settings, and the database itself."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from board.app import create_asgi
from board.config.settings import Settings
from board.repository.engine import open_engine
from tests.integration.conftest import BASE, living

CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')

PostForm = Callable[..., Awaitable[httpx2.Response]]
Sql = Callable[..., Awaitable[list[Any]]]
OpenSite = Callable[..., Awaitable[httpx2.AsyncClient]]


@pytest.fixture
def post_form() -> PostForm:
    """Load a page, then post fields to it with its CSRF token."""

    async def post(client: httpx2.AsyncClient, path: str, **fields: Any) -> httpx2.Response:
        shown = await client.get(path)
        found = CSRF.search(shown.text)
        assert found, f"{path} has no form: {shown.status_code}"
        return await client.post(path, data={"csrf_token": found[1], **fields})

    return post


@pytest.fixture
async def sql(settings: Settings) -> AsyncIterator[Sql]:
    """Run a statement behind the application's back; answers its rows."""
    engine = open_engine(settings.database)

    async def run(statement: str, **values: Any) -> list[Any]:
        async with engine.execution_options(writing=True).begin() as connection:
            result = await connection.execute(text(statement), values)
            return list(result.all()) if result.returns_rows else []

    yield run
    await engine.dispose()


@pytest.fixture
def settle(asgi: Any) -> Callable[[], Awaitable[None]]:
    """Wait until the application has written when sessions, tokens and grants were used."""
    settled: Callable[[], Awaitable[None]] = asgi.app.app.extensions["board"].store.drain
    return settled


@pytest.fixture
async def open_site(settings: Settings) -> AsyncIterator[OpenSite]:
    """A client of an application with other settings: `await open_site({"signup": "closed"})`."""
    async with AsyncExitStack() as stack:

        async def make(changes: dict[str, Any], at: str = BASE) -> httpx2.AsyncClient:
            application = create_asgi(settings.model_copy(update=changes))
            await stack.enter_async_context(living(application))
            transport = httpx2.ASGITransport(app=application, raise_app_exceptions=False)
            return await stack.enter_async_context(httpx2.AsyncClient(transport=transport, base_url=at))

        yield make
