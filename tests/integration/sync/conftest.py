"""A board, and sockets that listen to it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.integration.conftest import Person
from tests.listener import Listener, listening

Listen = Callable[..., Awaitable[Listener]]


async def make_token(person: Person, *scopes: str) -> dict[str, Any]:
    """A new personal token with its secret."""
    body = {"name": "listener", "scopes": scopes or ["read", "write", "admin"]}
    made: dict[str, Any] = await person.post("/me/tokens", body)
    return made


def cookie_of(person: Person) -> str:
    """The Cookie header of somebody's browser."""
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in person.http.cookies.jar)


@pytest.fixture
async def board(anna: Person) -> str:
    """The id of a board that Anna owns, with three columns."""
    made = await anna.post("/boards", {"title": "Garden", "template": "kanban"})
    return str(made["id"])


@pytest.fixture
async def listen(live_url: str) -> AsyncIterator[Listen]:
    """Open a socket as somebody signed in at a browser: `listener = await listen(anna)`."""
    async with AsyncExitStack() as stack:

        async def open_socket(person: Person, **options: Any) -> Listener:
            headers = {"Cookie": cookie_of(person)}
            return await stack.enter_async_context(listening(live_url, headers=headers, **options))

        yield open_socket


@pytest.fixture
def parts(asgi: Any) -> Any:
    """What the application is made of."""
    return asgi.app.app.extensions["board"]
