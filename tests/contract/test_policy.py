"""Every route and every socket event, tried by everybody: what happens is what the policy's table says."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from socketio.exceptions import ConnectionError as Refused

import board.web.api
from board.domain.board import Role
from board.domain.policy import RULES, Action, ServerRole
from board.web.api.contract import Route
from board.web.api.routes import api
from board.wire.socket import ACTIONS
from tests.contract.callers import ALLOWED, Ask, Caller, Callers
from tests.contract.policy_cases import EXTRA_CASES, POLICY_CASES, PolicyCase
from tests.contract.sample_board import MEMBER_ROLES, SampleBoard
from tests.integration.conftest import Person
from tests.integration.sync.conftest import cookie_of
from tests.listener import listening
from tools.permissions import TARGET, write

board.web.api.blueprint()
ROUTES = {route.name: route for route in api.routes}
CASES = [(ROUTES[name], case) for name, case in [*POLICY_CASES.items(), *EXTRA_CASES] if name in ROUTES]
ONE_FOR_EACH_ACTION = {case.action or route.action: (route, case) for route, case in CASES}.values()


@pytest.fixture
async def callers(anna: Person, open_client: Callable[..., httpx2.AsyncClient], asgi: Any) -> Callers:
    """Everybody who tries; Anna administers the server and is on no board."""
    parts = find_parts(asgi)
    made = Callers(open_client, anna, parts)
    members = [await made.member(role) for role in MEMBER_ROLES]
    owner = await made.member(Role.OWNER)
    stranger = await made.person("stranger")
    assert owner.person is not None
    everybody = [
        made.nobody(),
        Caller("stranger", stranger.http, stranger),
        *members,
        owner,
        Caller("administrator", anna.http, anna, is_admin=True),
        await made.reader(owner.person),
    ]
    made.by_name = {caller.name: caller for caller in everybody}
    return made


@pytest.fixture
async def sample(callers: Callers) -> SampleBoard:
    """The owner's board, with members of every role on it."""
    owner = callers.by_name["owner"].person
    assert owner is not None
    members = [(callers.by_name[role.word].person, role) for role in MEMBER_ROLES]
    sample = await SampleBoard(
        callers, owner, {person.id: role.word for person, role in members if person}
    ).create()
    link = (await owner.put(f"/boards/{sample.board}/public-link"))["url"]
    callers.by_name["guest"] = callers.guest(link.rpartition("/")[2])
    return sample


@pytest.fixture
async def other_sample(callers: Callers) -> SampleBoard:
    """The stranger's own board."""
    stranger = callers.by_name["stranger"].person
    assert stranger is not None
    return await SampleBoard(callers, stranger, {}).create()


def test_every_route_has_a_case() -> None:
    assert {route.name for route in api.routes} == set(POLICY_CASES), (
        "tell tests/contract/policy_cases.py how to ask for it"
    )


def test_the_guide_of_permissions_is_current() -> None:
    assert TARGET.read_text() == write(api.routes), "run: .venv/bin/python tools/permissions.py"


def test_every_action_is_asked_by_some_route_or_event() -> None:
    asked = (
        {route.action for route in api.routes}
        | set(ACTIONS.values())
        | {case.action for _, case in EXTRA_CASES}
    )
    elsewhere = {Action.NAME_PEOPLE}
    assert set(Action) - asked - elsewhere == set()


@pytest.mark.parametrize("route", api.routes, ids=lambda route: route.name)
def test_a_route_is_open_to_nobody_in_particular_exactly_when_its_action_is(route: Route) -> None:
    assert route.anonymous is (RULES[route.action].minimum is ServerRole.ANYONE)


@pytest.mark.slow
@pytest.mark.timeout(400)
async def test_everybody_gets_what_the_table_says(
    callers: Callers, sample: SampleBoard, database_url: str
) -> None:
    """All routes on SQLite, and one route of each action on PostgreSQL."""
    wrong = []
    for route, case in CASES if database_url.startswith("sqlite") else ONE_FOR_EACH_ACTION:
        refused = await prepare(route, case, sample, callers.nobody())
        for caller in callers.by_name.values():
            expected = caller.outcome(case.action or route.action)
            if caller.person and caller.http is not caller.person.http and expected == ALLOWED:
                expected = case.by_token or expected
            who = await callers.renew(caller) if case.changes_caller and expected != 404 else caller
            ask = await prepare(route, case, sample, who) if expected == ALLOWED else refused
            if caller.is_guest and expected == 403 and "board_id" in ask.ids:
                ask = replace(ask, ids=ask.ids | {"board_id": sample.board})
            answer = await send(who.http, route, ask)
            passed = answer.is_success or (expected == ALLOWED and answer.status_code in case.also)
            got = ALLOWED if passed else answer.status_code
            if got != expected:
                wrong.append(
                    f"{route.name} by {caller.name}: {got} instead of {expected}: {answer.text[:200]}"
                )
    assert not wrong, "\n".join(wrong)


async def test_everybody_gets_on_the_socket_what_the_table_says(
    callers: Callers, sample: SampleBoard, live_url: str, database_url: str
) -> None:
    wrong = []
    for caller in callers.by_name.values():
        if caller.name == "anonymous":
            with pytest.raises(Refused):
                await ask_all(caller, sample, live_url)
            continue
        for event, got in (await ask_all(caller, sample, live_url)).items():
            expected = caller.outcome(ACTIONS[event])
            if got != expected:
                wrong.append(f"{event} by {caller.name}: {got} instead of {expected}")
    assert not wrong, "\n".join(wrong)


async def ask_all(caller: Caller, sample: SampleBoard, live_url: str) -> dict[str, int]:
    """What each event is answered, in an order in which each can succeed."""
    headers, place = dict(caller.http.headers), {"board": sample.board}
    token = headers.get("authorization", "").removeprefix("Bearer ")
    cookie = {"Cookie": cookie_of(caller.person)} if caller.person and not token else {}
    at = place | {"task": sample.task}
    asked = {
        "board:sync": place | {"after": 0},
        "board:join": place | {"after": 0},
        "presence:set": at | {"mode": "view"},
        "presence:set edit": at | {"mode": "edit"},
        "presence:set drag": at | {"mode": "drag"},
        "board:leave": place,
    }
    found = {}
    async with listening(live_url, token or None, headers=cookie) as listener:
        for event, payload in asked.items():
            answer = await listener.ask(event.partition(" ")[0], payload)
            found[event] = ALLOWED if answer["ok"] else answer["error"]["status"]
    return found


async def test_every_socket_event_has_an_action(asgi: Any) -> None:
    handlers = find_parts(asgi).rooms.server.handlers["/"]
    assert {event.partition(" ")[0] for event in ACTIONS} == set(handlers) - {"connect", "disconnect", "*"}


@pytest.mark.slow
@pytest.mark.timeout(400)
async def test_a_thing_of_another_board_is_nothing_here(
    callers: Callers, sample: SampleBoard, other_sample: SampleBoard
) -> None:
    stranger, wrong = callers.by_name["stranger"], []
    for route, case in CASES:
        if not isinstance(RULES[route.action].minimum, Role) or case.action:
            continue
        theirs = await prepare(route, case, sample, callers.nobody())
        for name, id in theirs.ids.items():
            if name in case.harmless:
                continue
            own = await prepare(route, case, other_sample, stranger)
            own.ids[name] = id
            answer = await send(stranger.http, route, own)
            if answer.status_code not in (404, 422):
                wrong.append(
                    f"{route.name} with {name} of another board: {answer.status_code} {answer.text[:200]}"
                )
    assert not wrong, "\n".join(wrong)


async def test_pages_of_administrators_are_for_them_alone(callers: Callers, asgi: Any) -> None:
    rules = [rule for rule in find_app(asgi).url_map.iter_rules() if "GET" in (rule.methods or ())]
    pages = [rule.rule for rule in rules if rule.rule.startswith("/admin") and not rule.arguments]
    assert len(pages) >= 4
    for path in pages:
        asked_to_sign_in = await callers.by_name["anonymous"].http.get(path)
        assert asked_to_sign_in.headers["Location"].startswith("/sign-in"), path
        assert (await callers.by_name["owner"].http.get(path)).status_code == 403, path
        assert (await callers.by_name["administrator"].http.get(path)).status_code == 200, path


def find_app(asgi: Any) -> Any:
    """The Flask application, however many layers it is wrapped in."""
    while not hasattr(asgi, "extensions"):
        asgi = asgi.app
    return asgi


def find_parts(asgi: Any) -> Any:
    """What the application is made of."""
    return find_app(asgi).extensions["board"]


async def prepare(route: Route, case: PolicyCase, sample: SampleBoard, who: Caller) -> Ask:
    """A request that nothing but the policy can refuse, about fresh things."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", route.path)
    given = await case.ids(sample, who) if case.ids else {}
    if case.own_board:
        given["board_id"] = await sample.fresh_board()
    ids = {name: given.get(name) or await sample.id(name, who) for name in names}
    body = await case.make(sample, who) if case.make else case.body
    return Ask(ids, body, case.files, case.query)


async def send(http: httpx2.AsyncClient, route: Route, ask: Ask) -> httpx2.Response:
    """Ask for an operation."""
    path = "/api/v1" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: ask.ids[found[1]], route.path)
    return await http.request(route.method, path, json=ask.body, files=ask.files, params=ask.query)
