"""What every operation answers to who may not, can't or shouldn't: all of it is in the OpenAPI document."""

from typing import Any

import pytest

from board.domain.ids import new_id
from board.web.api.routes import api
from tests.documented import find_statuses
from tests.integration.conftest import Person

WRONG: list[dict[str, Any]] = [
    {"headers": {"Authorization": "Bearer bt_nothing"}},
    {"headers": {"Origin": "https://evil.example"}},
    {"headers": {"Content-Type": "application/json"}, "content": b"{"},
    {"headers": {"Content-Type": "application/json"}, "content": b"[" * 30},
    {"headers": {"Content-Type": "application/json"}, "content": b"[" + b"1," * 6000 + b"1]"},
    {"headers": {"Content-Type": "text/plain"}, "content": b"x"},
    {"headers": {"Content-Type": "multipart/form-data; boundary=x"}, "content": b"--x--"},
    {"json": {"no": "such field"}},
    {"json": []},
    {"params": {"no": "such", "limit": "x"}},
    {"headers": {"If-Match": "nonsense"}, "json": {}},
    {"headers": {"Idempotency-Key": ""}, "json": {}},
]


async def test_every_refusal_of_every_operation_is_documented(http: Any, anna: Person, ben: Person) -> None:
    """By a stranger, by somebody signed in, and by somebody without the page's token: the clients do the checking."""
    answered: dict[str, set[int]] = {}
    for route in api.routes:
        if route.name in ("sign_out", "end_session", "delete_me", "erase_me"):
            continue  # the person is still needed
        path = "/api/v1" + _fill(route.path)
        for client in (http, ben.http):
            for wrong in ({}, *WRONG):
                answer = await client.request(route.method, path, **wrong)
                answered.setdefault(route.name, set()).add(answer.status_code)
    assert 500 not in set().union(*answered.values())
    assert [name for name, statuses in answered.items() if 401 not in statuses] == []


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/terms"), ("POST", "/session"), ("GET", "/session"), ("POST", "/users")]
)
def test_open_operations_refuse_bad_tokens_too(method: str, path: str) -> None:
    documented = find_statuses(method, f"/api/v1{path}")
    assert documented is None or 401 in documented


def _fill(path: str) -> str:
    while "<" in path:
        before, _, rest = path.partition("<")
        path = before + new_id() + rest.partition(">")[2]
    return path
