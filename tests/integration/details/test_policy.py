"""Who may do what: every route of labels, members and what hangs on a task, for every role."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx2

from tests.integration.conftest import Person, SignUp
from tests.integration.details.conftest import Place

ROLES = ("viewer", "commenter", "editor", "owner")
STRANGER = "0190a1b2-0000-7000-8000-000000000000"


@dataclass(frozen=True)
class Request:
    """A request that somebody with the role `least` may make; the others are refused with 403."""

    method: str
    path: str
    least: str
    body: Any = None
    status: int = 200


REQUESTS = (
    Request("GET", "/boards/{board}/labels", "viewer"),
    Request("GET", "/boards/{board}/members", "viewer"),
    Request("GET", "/tasks/{task}/checklists", "viewer"),
    Request("GET", "/tasks/{task}/comments", "viewer"),
    Request("GET", "/tasks/{task}/attachments", "viewer"),
    Request("GET", "/attachments/{file}/content", "viewer"),
    Request("POST", "/tasks/{task}/comments", "commenter", {"body": "Hi"}, 201),
    Request("POST", "/boards/{board}/labels", "editor", {"color": "red"}, 201),
    Request("PATCH", "/labels/{label}", "editor", {"name": "New"}),
    Request("POST", "/tasks/{task}/checklists", "editor", {"title": "New"}, 201),
    Request("PATCH", "/checklists/{checklist}", "editor", {"title": "Newer"}),
    Request("POST", "/checklists/{checklist}/move", "editor", {}),
    Request("POST", "/checklists/{checklist}/items", "editor", {"title": "New"}, 201),
    Request("PATCH", "/items/{item}", "editor", {"done": True}),
    Request("POST", "/items/{item}/move", "editor", {}),
    Request("POST", "/tasks/{task}/attachments", "editor", {"name": "A", "url": "https://a.example/"}, 201),
    Request("DELETE", "/items/{item}", "editor", status=204),
    Request("DELETE", "/checklists/{checklist}", "editor", status=204),
    Request("DELETE", "/attachments/{file}", "editor", status=204),
    Request("DELETE", "/labels/{label}", "editor", status=204),
    Request("DELETE", "/comments/{comment}", "owner", status=204),
    Request("POST", "/boards/{board}/members", "owner", {"user_id": STRANGER, "role": "viewer"}, 422),
    Request("PATCH", "/boards/{board}/members/{person}", "owner", {"role": "commenter"}),
    Request("DELETE", "/boards/{board}/members/{person}", "owner", status=204),
)


async def furnish(place: Place, person: Person) -> dict[str, str]:
    """One thing of each kind on the board, by the names that the paths use."""
    add, on_task = place.owner.post, place.task_path
    checklist = await add(f"{on_task}/checklists", {"title": "Tools"})
    made = {
        "checklist": checklist,
        "item": await add(f"/checklists/{checklist['id']}/items", {"title": "Spade"}),
        "label": await add(f"{place.path}/labels", {"color": "red"}),
        "comment": await add(f"{on_task}/comments", {"body": "Hello"}),
    }
    upload = await place.owner.http.post(f"/api/v1{on_task}/attachments", files={"file": ("a", b"a")})
    ids = {name: thing["id"] for name, thing in made.items()}
    fixed = {"board": place.board["id"], "task": place.task["id"], "person": person.id}
    return ids | fixed | {"file": upload.json()["id"]}


async def ask(http: httpx2.AsyncClient, request: Request, ids: dict[str, str]) -> int:
    """The status that a request is answered with."""
    path = "/api/v1" + request.path.format(**ids)
    return (await http.request(request.method, path, json=request.body)).status_code


async def test_the_least_role_that_may_and_all_that_may_not(
    place: Place, join: Callable[[str], Awaitable[Person]], sign_up: SignUp, http: httpx2.AsyncClient
) -> None:
    people = {role: await join(role) for role in ROLES}
    stranger, somebody = await sign_up("Stan"), await place.join(await sign_up("Sam"), "viewer")
    ids = await furnish(place, somebody)
    await place.follower.catch_up()

    for request in REQUESTS:
        assert await ask(http, request, ids) == 401, request
        assert await ask(stranger.http, request, ids) == 404, request
        for role in ROLES[: ROLES.index(request.least)]:
            assert await ask(people[role].http, request, ids) == 403, (role, request)
    assert await place.follower.catch_up() == []

    for request in REQUESTS:
        assert await ask(people[request.least].http, request, ids) == request.status, request
        await place.follower.catch_up()


async def test_what_is_not_there_is_not_there_for_anyone(place: Place) -> None:
    names = ("board", "task", "label", "checklist", "item", "comment", "file", "person")
    ids = dict.fromkeys(names, STRANGER)
    for request in REQUESTS:
        assert await ask(place.owner.http, request, ids) == 404, request


async def test_every_mutation_is_answered_once_for_one_key(
    place: Place, join: Callable[[str], Awaitable[Person]]
) -> None:
    ids = await furnish(place, await join("viewer"))
    await place.follower.catch_up()
    for number, request in enumerate(REQUESTS):
        if request.method == "GET" or request.status == 422:
            continue
        path, key = "/api/v1" + request.path.format(**ids), {"Idempotency-Key": f"key {number}"}
        first, second = [
            await place.owner.http.request(request.method, path, json=request.body, headers=key)
            for _ in range(2)
        ]
        assert first.status_code == second.status_code == request.status, request
        assert second.headers["Idempotency-Replayed"] == "true"
        assert "Idempotency-Replayed" not in first.headers
        assert second.headers["Board-Seq"] == first.headers["Board-Seq"]
        assert second.content == first.content
        event = await place.follower.next()
        assert str(event["seq"]) == first.headers["Board-Seq"]


async def test_a_token_reaches_as_far_as_its_scopes(
    place: Place, ben: Person, open_client: Callable[..., httpx2.AsyncClient]
) -> None:
    await place.join(ben, "owner")
    asked = [
        Request("GET", "/boards/{board}/labels", "read"),
        Request("POST", "/boards/{board}/labels", "write", {"color": "red"}, 201),
        Request("POST", "/tasks/{task}/comments", "write", {"body": "Hi"}, 201),
        Request("PATCH", "/boards/{board}/members/{person}", "admin", {"role": "owner"}),
        Request("DELETE", "/boards/{board}/members/{person}", "admin", status=204),
    ]
    ids = {"board": place.board["id"], "task": place.task["id"], "person": ben.id}
    reach = ("read", "write", "admin")
    for held in range(1, 4):
        body = {"name": "script", "scopes": reach[:held], "expires_in_days": 1}
        token = (await ben.post("/me/tokens", body))["token"]
        http = open_client(headers={"Authorization": f"Bearer {token}"})
        for request in asked:
            expected = request.status if request.least in reach[:held] else 403
            assert await ask(http, request, ids) == expected, (reach[:held], request)
