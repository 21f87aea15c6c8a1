"""Somebody who changes boards as the browser does: with a key for each change, again until it is answered."""

import asyncio
import random
from typing import Any
from uuid import uuid4

import httpx2

PASSWORD = "correct horse battery"
AGAIN = frozenset({502, 503})
"""Statuses after which the browser tries again; so it does when there was no answer at all."""


class Person:
    """Somebody with a token. `acknowledged` are the keys of changes that were answered; `retried` counts repeats."""

    def __init__(self, http: httpx2.AsyncClient, token: str) -> None:
        self.http, self.token = http, token
        self.acknowledged: list[str] = []
        self.retried: list[str] = []

    @property
    def headers(self) -> dict[str, str]:
        """What each request carries."""
        return {"Authorization": f"Bearer {self.token}"}

    async def read(self, path: str) -> Any:
        """The JSON that a path answers, sooner or later."""
        return (await self._insist("GET", path, None, self.headers)).json()

    async def change(self, method: str, path: str, body: Any = None) -> Any:
        """Make a change, and remember that it was acknowledged."""
        key = str(uuid4())
        answer = await self._insist(method, path, body, self.headers | {"Idempotency-Key": key})
        self.acknowledged.append(key)
        return answer.json() if answer.content else None

    async def _insist(self, method: str, path: str, body: Any, headers: dict[str, str]) -> httpx2.Response:
        while True:
            try:
                answer = await self.http.request(method, f"/api/v1{path}", json=body, headers=headers)
            except httpx2.TransportError as error:
                self.retried.append(type(error).__name__)
            else:
                if answer.status_code not in AGAIN:
                    assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
                    return answer
                self.retried.append(f"{answer.status_code} {answer.headers.get('content-type')}")
            await asyncio.sleep(random.uniform(0.05, 0.3))


async def register(http: httpx2.AsyncClient, name: str) -> Person:
    """Make an account, and a token of it."""
    await register_at_browser(http, name)
    draft = {"name": "cluster", "scopes": ["read", "write", "admin"]}
    made = await http.post("/api/v1/me/tokens", json=draft)
    token = str(made.raise_for_status().json()["token"])
    http.cookies.clear()
    del http.headers["X-CSRFToken"]
    return Person(http, token)


async def register_at_browser(http: httpx2.AsyncClient, name: str) -> Any:
    """Make an account and stay signed in to it, with the CSRF token in each request."""
    account = {"email": f"{name.lower()}-{uuid4()}@example.org", "name": name, "password": PASSWORD}
    user = (await http.post("/api/v1/users", json=account)).raise_for_status().json()
    http.headers["X-CSRFToken"] = (await http.get("/api/v1/session")).json()["csrf_token"]
    return user
