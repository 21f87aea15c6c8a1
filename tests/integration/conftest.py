"""The application under test: on a migrated database of each kind, in the test's own loop."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest
from hypercorn.asyncio import serve
from hypercorn.config import Config

from board.app import create_asgi
from board.config.settings import Profile, Settings, read_settings
from board.domain.notices import Notice
from tests.documented import check_documented
from tests.fixtures.process import find_port

PASSWORD = "correct horse battery"
BASE = "http://board.test"
UNLIMITED = dict.fromkeys(("rate_sign_in", "rate_register", "rate_mail", "rate_api", "rate_socket"), "off")


@dataclass(frozen=True)
class Person:
    """Somebody signed in: `http` sends their cookie and CSRF token."""

    http: httpx2.AsyncClient
    user: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.user["id"])

    async def get(self, path: str, **more: Any) -> Any:
        """The JSON that a path answers; fails the test on anything but success."""
        return _content(await self.http.get(f"/api/v1{path}", **more))

    async def send(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        """The JSON that a mutation answers; fails the test on anything but success."""
        return _content(await self.http.request(method, f"/api/v1{path}", json=body, **more))

    async def post(self, path: str, body: Any = None, **more: Any) -> Any:
        """POST and expect success."""
        return await self.send("POST", path, {} if body is None else body, **more)

    async def patch(self, path: str, body: Any, **more: Any) -> Any:
        """PATCH and expect success."""
        return await self.send("PATCH", path, body, **more)

    async def put(self, path: str) -> Any:
        """PUT and expect success."""
        return await self.send("PUT", path)

    async def delete(self, path: str) -> Any:
        """DELETE and expect success."""
        return await self.send("DELETE", path)


def _content(response: httpx2.Response) -> Any:
    assert response.is_success, (
        f"{response.request.method} {response.request.url}: {response.status_code} {response.text}"
    )
    return response.json() if response.content else None


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of an application with its own database and data folder."""
    return read_settings(
        _env_file=None,
        profile=Profile.TESTING,
        data=tmp_path / "data",
        database_url=database_url,
        secret_key="a key for tests only, 32 characters or more",
        **UNLIMITED,
    )


@pytest.fixture
async def asgi(settings: Settings) -> AsyncIterator[Any]:
    """The whole ASGI application, started."""
    application = create_asgi(settings)
    async with living(application):
        yield application


@pytest.fixture
def announced(asgi: Any, monkeypatch: pytest.MonkeyPatch) -> list[Notice]:
    """What was announced after commits, from now on; it is sent all the same."""
    announcer, found = asgi.app.app.extensions["board"].announcer, list[Notice]()
    send = announcer.announce

    def announce(notice: Notice) -> None:
        found.append(notice)
        send(notice)

    monkeypatch.setattr(announcer, "announce", announce)
    return found


@asynccontextmanager
async def living(application: Any) -> AsyncIterator[None]:
    """Send an application the lifespan messages a server would."""
    inbox: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    outbox: asyncio.Queue[dict[str, str]] = asyncio.Queue()
    task = asyncio.create_task(application({"type": "lifespan", "asgi": {}}, inbox.get, outbox.put))
    await inbox.put({"type": "lifespan.startup"})
    assert (await outbox.get())["type"] == "lifespan.startup.complete"
    yield
    await inbox.put({"type": "lifespan.shutdown"})
    await task


@pytest.fixture
async def open_client(asgi: Any) -> AsyncIterator[Callable[..., httpx2.AsyncClient]]:
    """Make HTTP clients of the application, each with cookies of its own."""
    async with AsyncExitStack() as stack:
        clients: list[httpx2.AsyncClient] = []

        def make(**options: Any) -> httpx2.AsyncClient:
            transport = httpx2.ASGITransport(app=asgi, raise_app_exceptions=False)
            hooks = {"response": [check_documented]}
            client = httpx2.AsyncClient(transport=transport, base_url=BASE, event_hooks=hooks, **options)
            clients.append(client)
            stack.push_async_callback(client.aclose)
            return client

        yield make


@pytest.fixture
def http(open_client: Callable[..., httpx2.AsyncClient]) -> httpx2.AsyncClient:
    """A client that is signed in as nobody."""
    return open_client()


SignUp = Callable[..., Awaitable[Person]]


@pytest.fixture
def sign_up(open_client: Callable[..., httpx2.AsyncClient]) -> SignUp:
    """Register a person by name: `anna = await sign_up("Anna")`."""
    return lambda name: register(open_client(), name)


async def register(client: httpx2.AsyncClient, name: str) -> Person:
    """Register a person with this client and keep their CSRF token in it."""
    body = {"name": name, "email": f"{name.lower()}@example.org", "password": PASSWORD}
    user = _content(await client.post("/api/v1/users", json=body))
    session = _content(await client.get("/api/v1/session"))
    client.headers["X-CSRFToken"] = session["csrf_token"]
    return Person(client, user)


@pytest.fixture
async def anna(sign_up: SignUp) -> Person:
    """The first account, an instance admin."""
    return await sign_up("Anna")


@pytest.fixture
async def ben(anna: Person, sign_up: SignUp) -> Person:
    """Somebody else."""
    return await sign_up("Ben")


@pytest.fixture
async def live_url(asgi: Any) -> AsyncIterator[str]:
    """The application on a real port, for clients that need sockets; in the test's own loop."""
    async with on_port(asgi) as url:
        yield url


@asynccontextmanager
async def on_port(asgi: Any) -> AsyncIterator[str]:
    """Serve an application that has been started; its URL."""
    config, ending = Config(), asyncio.Event()
    port = find_port()
    config.bind = [f"127.0.0.1:{port}"]
    config.graceful_timeout = 1
    config.accesslog = config.errorlog = None

    async def only_requests(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await receive()
            await send({"type": "lifespan.startup.complete"})
            await receive()
            await send({"type": "lifespan.shutdown.complete"})
        else:
            await asgi(scope, receive, send)

    task = asyncio.create_task(serve(only_requests, config, shutdown_trigger=ending.wait))
    url = f"http://127.0.0.1:{port}"
    async with httpx2.AsyncClient() as client:
        for _ in range(100):
            try:
                await client.get(f"{url}/healthz")
                break
            except httpx2.ConnectError:
                await asyncio.sleep(0.05)
    yield url
    ending.set()
    await task
