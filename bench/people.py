"""Somebody with boards, made through the API: what most measurements begin with."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any

import httpx2

PERSON = {"name": "Bench", "email": "bench@example.org", "password": "a long enough password"}


@dataclass(frozen=True)
class Person:
    """A client of the API, and a token that speaks for it."""

    http: httpx2.AsyncClient
    token: str

    @property
    def headers(self) -> dict[str, str]:
        """What a request of theirs carries."""
        return {"Authorization": f"Bearer {self.token}"}

    async def post(self, path: str, **body: Any) -> Any:
        """POST and return the answer's JSON."""
        return await _json(self.http.post(path, json=body))

    async def get(self, path: str) -> Any:
        """GET and return the answer's JSON."""
        return await _json(self.http.get(path))

    async def make_board(self, tasks: int) -> tuple[str, list[str]]:
        """Make a board with this many tasks; return its id and theirs."""
        board = (await self.post("/boards", title="Bench", template="kanban"))["id"]
        column = (await self.get(f"/boards/{board}/snapshot"))["columns"][0]["id"]
        path = f"/boards/{board}/tasks"
        made = [await self.post(path, column_id=column, title=f"Task {turn}") for turn in range(tasks)]
        return board, [task["id"] for task in made]


async def register(url: str) -> Person:
    """Make an account and a token on a fresh server. Close `http` in the end."""
    http = httpx2.AsyncClient(base_url=f"{url}/api/v1", timeout=60, trust_env=False)
    await _json(http.post("/users", json=PERSON))
    http.headers["X-CSRFToken"] = (await _json(http.get("/session")))["csrf_token"]
    draft = {"name": "bench", "scopes": ["read", "write"], "expires_in_days": 1}
    return Person(http, (await _json(http.post("/me/tokens", json=draft)))["token"])


async def _json(request: Awaitable[httpx2.Response]) -> Any:
    return (await request).raise_for_status().json()
