"""What tests of the edge share: sites with other settings, the mail they send, and a client with an address."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from email.message import EmailMessage
from typing import Any

import httpx2
import pytest
from sqlalchemy import text

from board.app import create_asgi
from board.config.settings import Settings
from board.parts import Parts
from board.repository.engine import open_engine
from tests.documented import check_documented
from tests.integration.conftest import BASE, living


class Site:
    """An application with settings of its own. `mail` is what it sent; `parts` is what it is made of."""

    def __init__(self, application: Any, stack: AsyncExitStack) -> None:
        self.application, self._stack = application, stack
        self.mail: list[EmailMessage] = []

    @property
    def parts(self) -> Parts:
        """What the application is made of."""
        asgi = self.application
        while not hasattr(asgi, "extensions"):
            asgi = asgi.app
        parts: Parts = asgi.extensions["board"]
        return parts

    async def client(self, address: str = "127.0.0.1", **options: Any) -> httpx2.AsyncClient:
        """A client with cookies of its own that comes from an address."""
        transport = httpx2.ASGITransport(
            app=self.application, raise_app_exceptions=False, client=(address, 50000)
        )
        hooks = {"response": [check_documented]}
        client = httpx2.AsyncClient(transport=transport, base_url=BASE, event_hooks=hooks, **options)
        return await self._stack.enter_async_context(client)

    async def letters(self) -> list[EmailMessage]:
        """Everything that was sent, once all that waits has left."""
        await self.parts.background_tasks.drain()
        await self.parts.mailer.drain()
        return self.mail

    async def link(self, path: str) -> str:
        """The path of the newest link in mail that begins with `path`."""
        found = re.findall(rf"http://\S+?({path}\S+)", text_of((await self.letters())[-1]))
        assert found, text_of(self.mail[-1])
        return str(found[0])


OpenSite = Callable[..., Awaitable[Site]]


@pytest.fixture
async def open_site(settings: Settings) -> AsyncIterator[OpenSite]:
    """Start an application with other settings: `site = await open_site(rate_api="3/minute")`."""
    async with AsyncExitStack() as stack:

        async def start(**changes: Any) -> Site:
            application = create_asgi(settings.model_copy(update=changes))
            site = Site(application, stack)

            async def keep(message: EmailMessage) -> None:
                site.mail.append(message)

            site.parts.mailer.transport = keep
            await stack.enter_async_context(living(application))
            return site

        yield start


@pytest.fixture
async def sql(settings: Settings) -> AsyncIterator[Callable[..., Awaitable[list[Any]]]]:
    """Run a statement behind the application's back; answers its rows."""
    engine = open_engine(settings.database)

    async def run(statement: str) -> list[Any]:
        async with engine.execution_options(writing=True).begin() as connection:
            result = await connection.execute(text(statement))
            return list(result.all()) if result.returns_rows else []

    yield run
    await engine.dispose()


def text_of(message: EmailMessage) -> str:
    """The plain text of a message."""
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
