"""The invariant of replicas, whatever two people do: snapshot at n, with the events n+1..m, is the snapshot at m."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from board.wire.events import EventPage
from tests.integration.conftest import Person
from tests.replica import apply, sorted_lists

pytestmark = pytest.mark.slow
PROPERTY_SETTINGS = settings(
    max_examples=6,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=12)
TITLES = TEXT.filter(lambda text: bool(text.strip()))
MOMENTS = st.none() | st.sampled_from(["2030-01-01T00:00:00Z", "2029-12-31T23:59:59.999999+05:30"])
ATTEMPTS = 10
REFUSALS = {403, 404, 409, 412, 422}

Body = dict[str, Any] | None


@dataclass
class SharedBoard:
    """A board, its two people, a team that it may have, and the ids of what was ever on it, deleted things too."""

    people: list[Person]
    board: str
    team: str
    ids: dict[str, list[str]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    snapshots: list[dict[str, Any]] = field(default_factory=list)

    def pick(self, kind: str, number: int) -> str:
        """One of the things of a kind; one that never was when there is none."""
        known = self.ids[kind]
        return known[number % len(known)] if known else "01890000-0000-7000-8000-000000000000"

    async def send(self, who: int, method: str, path: str, body: Body, **headers: str) -> Any:
        """The answer; what a busy machine puts off is sent again, as clients do."""
        sent = {name.replace("_", "-"): headers[name] for name in headers}
        for _ in range(ATTEMPTS):
            answer = await self.people[who].http.request(method, f"/api/v1{path}", json=body, headers=sent)
            if answer.status_code != 503:
                break
            await asyncio.sleep(int(answer.headers["Retry-After"]))
        assert answer.is_success or answer.status_code in REFUSALS, f"{method} {path} {body}: {answer.text}"
        return answer

    async def take_snapshot(self) -> dict[str, Any]:
        taken: dict[str, Any] = await self.people[0].get(f"/boards/{self.board}/snapshot")
        self.snapshots.append(taken)
        return taken


KINDS = ("column", "task", "label", "checklist", "item", "comment", "attachment")
NUMBER = st.integers(0, 7)
Command = tuple[str, str, str, Body]
Step = Callable[[SharedBoard], Command]


def make_step(
    kind: str, method: str, path: Callable[[SharedBoard], str], body: Callable[[SharedBoard], Body]
) -> Step:
    return lambda shared: (kind, method, path(shared), body(shared))


@st.composite
def creations(draw: st.DrawFn) -> Step:
    """Make something, beside something that may be anywhere or gone."""
    kind = draw(st.sampled_from(KINDS))
    a, b, c = draw(NUMBER), draw(NUMBER), draw(NUMBER)
    title, date = draw(TITLES), draw(MOMENTS)
    link = {"name": title, "url": "https://example.org/"}
    paths: dict[str, Callable[[SharedBoard], str]] = {
        "column": lambda on: f"/boards/{on.board}/columns",
        "task": lambda on: f"/boards/{on.board}/tasks",
        "label": lambda on: f"/boards/{on.board}/labels",
        "checklist": lambda on: f"/tasks/{on.pick('task', a)}/checklists",
        "item": lambda on: f"/checklists/{on.pick('checklist', a)}/items",
        "comment": lambda on: f"/tasks/{on.pick('task', a)}/comments",
        "attachment": lambda on: f"/tasks/{on.pick('task', a)}/attachments",
    }
    bodies: dict[str, Callable[[SharedBoard], Body]] = {
        "column": lambda on: {"title": title, "after": on.pick("column", b)},
        "task": lambda on: {
            "title": title,
            "column_id": on.pick("column", a),
            "description": title * (b % 2),
            "due_at": date,
            "before": on.pick("task", b),
            "label_ids": on.ids["label"][: c % 3],
        },
        "label": lambda on: {"name": title, "color": "red"},
        "checklist": lambda on: {"title": title, "after": on.pick("checklist", b)},
        "item": lambda on: {"title": title, "before": on.pick("item", b)},
        "comment": lambda on: {"body": title},
        "attachment": lambda on: link,
    }
    return make_step(kind, "POST", paths[kind], bodies[kind])


@st.composite
def changes(draw: st.DrawFn) -> Step:
    """Change, move or delete something that may be gone."""
    kind = draw(st.sampled_from(["column", "task", "task", "task", "label", "checklist", "item", "comment"]))
    a, b, c = draw(NUMBER), draw(NUMBER), draw(NUMBER)
    title, date, flag = draw(TITLES), draw(MOMENTS), draw(st.booleans())
    own = f"{kind}s"
    edits: dict[str, list[Body]] = {
        "column": [{"title": title}, {"wip_limit": a + 1}, {"archived": flag}],
        "task": [
            {"title": title, "description": title},
            {"due_at": date, "description": ""},
            {"completed": flag},
            {"archived": flag},
        ],
        "label": [{"name": title, "color": "teal"}],
        "checklist": [{"title": title}],
        "item": [{"title": title}, {"done": flag}, {"done": flag, "title": title}],
        "comment": [{"body": title}],
    }
    edit = draw(st.sampled_from(edits[kind]))
    found = [make_step("", "PATCH", lambda on: f"/{own}/{on.pick(kind, a)}", lambda _: edit)] * 3
    found.append(make_step("", "DELETE", lambda on: f"/{own}/{on.pick(kind, a)}", lambda _: None))
    if kind in ("column", "task", "checklist", "item"):
        parent = {"task": "column", "item": "checklist"}.get(kind)
        found += [
            make_step(
                "",
                "POST",
                lambda on: f"/{own}/{on.pick(kind, a)}/move",
                lambda on: (
                    {"after": on.pick(kind, b) if flag else None, "before": on.pick(kind, c)}
                    | ({f"{parent}_id": on.pick(parent, c)} if parent else {})
                ),
            )
        ] * 3
    return draw(st.sampled_from(found))


@st.composite
def links(draw: st.DrawFn) -> Step:
    """Label, assign, come and go, rename the board."""
    a, b = draw(NUMBER), draw(NUMBER)
    method = draw(st.sampled_from(["PUT", "PUT", "DELETE"]))
    role, title = draw(st.sampled_from(["editor", "owner", "viewer"])), draw(TITLES)
    return draw(
        st.sampled_from(
            [
                make_step(
                    "",
                    method,
                    lambda on: f"/tasks/{on.pick('task', a)}/labels/{on.pick('label', b)}",
                    _nothing,
                ),
                make_step(
                    "",
                    method,
                    lambda on: f"/tasks/{on.pick('task', a)}/assignees/{on.people[b % 2].id}",
                    _nothing,
                ),
                make_step("", "PATCH", lambda on: f"/boards/{on.board}", lambda _: {"title": title}),
                make_step(
                    "",
                    "POST",
                    lambda on: f"/boards/{on.board}/members",
                    lambda on: {"user_id": on.people[1].id, "role": role},
                ),
                make_step("", "DELETE", lambda on: f"/boards/{on.board}/members/{on.people[1].id}", _nothing),
                make_step(
                    "",
                    "POST",
                    lambda on: f"/boards/{on.board}/members",
                    lambda on: {"team_id": on.team, "role": role},
                ),
                make_step("", "DELETE", lambda on: f"/boards/{on.board}/teams/{on.team}", _nothing),
                make_step(
                    "",
                    "POST",
                    lambda on: f"/teams/{on.team}/members",
                    lambda on: {"user_id": on.people[1].id},
                ),
                make_step("", "DELETE", lambda on: f"/teams/{on.team}/members/{on.people[1].id}", _nothing),
            ]
        )
    )


def _nothing(_: SharedBoard) -> None:
    return None


STEPS = st.lists(
    st.tuples(st.integers(0, 1), creations() | creations() | changes() | links()), min_size=20, max_size=45
)


async def create_shared_board(anna: Person, ben: Person) -> SharedBoard:
    """A new board with a column and a task, which both may edit."""
    board = (await anna.post("/boards", {"title": "Garden"}))["id"]
    shared = SharedBoard([anna, ben], board, (await anna.post("/teams", {"name": f"Team {uuid4()}"}))["id"])
    await anna.post(f"/boards/{shared.board}/members", {"user_id": ben.id, "role": "editor"})
    column = await anna.post(f"/boards/{shared.board}/columns", {"title": "To do"})
    task = await anna.post(f"/boards/{shared.board}/tasks", {"title": "Dig", "column_id": column["id"]})
    shared.ids["column"].append(column["id"])
    shared.ids["task"].append(task["id"])
    return shared


async def run_step(shared: SharedBoard, who: int, step: Step) -> None:
    """One step; then the same once more, and a stale one: neither changes anything."""
    kind, method, path, body = step(shared)
    key = str(uuid4())
    answer = await shared.send(who, method, path, body, Idempotency_Key=key)
    if not answer.is_success:
        return
    if kind:
        shared.ids[kind].append(answer.json()["id"])
    seq = (await shared.people[0].get(f"/boards/{shared.board}"))["seq"]
    again = await shared.send(who, method, path, body, Idempotency_Key=key)
    if method != "DELETE" or "members" not in path:
        assert again.content == answer.content
    if method == "PATCH":
        assert (await shared.send(who, method, path, body, If_Match='"v0"')).status_code in (404, 412)
    assert (await shared.people[0].get(f"/boards/{shared.board}"))["seq"] == seq


def assert_ordered(things: list[dict[str, Any]], parent: str) -> None:
    """Within one parent no two positions are the same."""
    places = [(thing[parent], thing["position"]) for thing in things]
    assert len(places) == len(set(places))


async def check_properties(shared: SharedBoard) -> None:
    """The log has no gap, and from every snapshot it leads to the last one."""
    last = await shared.take_snapshot()
    owner = shared.people[0]
    log = await owner.get(f"/boards/{shared.board}/events?after=0&limit=1000")
    EventPage.model_validate(log)
    assert [event["seq"] for event in log["events"]] == list(range(1, last["seq"] + 1))
    for snapshot in shared.snapshots:
        for event in log["events"][snapshot["seq"] :]:
            snapshot = apply(snapshot, event)
        assert sorted_lists(snapshot) == sorted_lists(last)
    assert_ordered(last["columns"], "board_id")
    assert_ordered(last["tasks"], "column_id")
    for task in last["tasks"]:
        await compare_counts(owner, task)


async def compare_counts(owner: Person, task: dict[str, Any]) -> None:
    """What a task counts is what hangs on it."""
    checklists = (await owner.get(f"/tasks/{task['id']}/checklists"))["items"]
    items = [item for checklist in checklists for item in checklist["items"]]
    assert_ordered(checklists, "task_id")
    assert_ordered(items, "checklist_id")
    assert task["checklist_total"] == len(items)
    assert task["checklist_done"] == sum(item["done"] for item in items)
    for list_, count in (("comments", "comment_count"), ("attachments", "attachment_count")):
        assert task[count] == len((await owner.get(f"/tasks/{task['id']}/{list_}"))["items"])


@PROPERTY_SETTINGS
@given(steps=STEPS)
async def test_one_change_after_another(anna: Person, ben: Person, steps: list[tuple[int, Step]]) -> None:
    shared = await create_shared_board(anna, ben)
    for number, (who, step) in enumerate(steps):
        if number % 5 == 0:
            await shared.take_snapshot()
        await run_step(shared, who, step)
    await check_properties(shared)


@PROPERTY_SETTINGS
@given(steps=STEPS)
async def test_changes_at_once(anna: Person, ben: Person, steps: list[tuple[int, Step]]) -> None:
    shared = await create_shared_board(anna, ben)
    await shared.take_snapshot()

    async def run(mine: int) -> None:
        for who, step in steps:
            if who == mine:
                kind, method, path, body = step(shared)
                answer = await shared.send(who, method, path, body)
                if answer.is_success and kind:
                    shared.ids[kind].append(answer.json()["id"])

    work: list[Awaitable[Any]] = [run(0), run(1), run(0), shared.take_snapshot(), shared.take_snapshot()]
    await asyncio.gather(*work)
    await check_properties(shared)
