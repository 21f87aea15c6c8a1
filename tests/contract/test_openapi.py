"""The OpenAPI document and the server say the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CheckContext, not_a_server_error
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

import board.web.api
from board.app import create_app
from board.config.settings import Profile, read_settings
from board.web.api.openapi import document
from board.web.api.routes import api
from tests.fixtures.server import Launch, Server

PASSWORD = "correct horse battery"
BASE = "/api/v1"
CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
PROBING = settings(
    max_examples=4,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
ELSEWHERE = "01890000-0000-7000-8000-000000000000"

board.web.api.blueprint()
ROUTES = sorted(api.routes, key=lambda route: (route.method == "DELETE", -len(route.path)))
OPERATIONS = [(route.method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.path)) for route in ROUTES]


@dataclass(frozen=True)
class Live:
    """The program, somebody's token, and the id of one thing of each kind that is theirs."""

    schema: Any
    token: str
    ids: dict[str, str]

    def operation(self, method: str, path: str) -> Any:
        return self.schema[path][method]

    def call(self, case: Any, checks: list[Any]) -> Any:
        """Send a generated request to things that exist, and check what comes back."""
        for name in case.path_parameters or {}:
            case.path_parameters[name] = self.ids.get(name, ELSEWHERE)
        return case.call_and_validate(headers={"Authorization": f"Bearer {self.token}"}, checks=checks)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory, launch: Launch) -> Iterator[Live]:
    """The program on a SQLite file, with a little of everything in it."""
    server = Server(tmp_path_factory.mktemp("server"), {"BOARD_PROFILE": "testing"}, launch)
    try:
        schema = schemathesis.openapi.from_url(f"{server.url}{BASE}/openapi.json")
        with httpx2.Client(base_url=server.url + BASE) as client:
            token, user = sign_up(client)
        with httpx2.Client(
            base_url=server.url + BASE, headers={"Authorization": f"Bearer {token}"}
        ) as client:
            yield Live(schema, token, {"user_id": user, **fill(client)})
    finally:
        server.stop()


def sign_up(client: httpx2.Client) -> tuple[str, str]:
    """A token that may do everything, and whose it is."""
    account = {"email": "anna@example.org", "name": "Anna", "password": PASSWORD}
    user = client.post("/users", json=account).json()["id"]
    headers = {"X-CSRFToken": client.get("/session").json()["csrf_token"]}
    wanted = {"name": "contract", "scopes": ["read", "write", "admin"]}
    return client.post("/me/tokens", json=wanted, headers=headers).json()["token"], user


def fill(client: httpx2.Client) -> dict[str, str]:
    """Make one thing of each kind; the ids by the names that paths have for them."""

    def make(path: str, **body: Any) -> str:
        answer = client.post(path, json=body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    board_id = make("/boards", title="Garden")
    column = make(f"/boards/{board_id}/columns", title="To do")
    label = make(f"/boards/{board_id}/labels", name="urgent", color="red")
    task = make(f"/boards/{board_id}/tasks", column_id=column, title="Dig", label_ids=[label])
    checklist = make(f"/tasks/{task}/checklists", title="Steps")
    return {
        "board_id": board_id,
        "column_id": column,
        "label_id": label,
        "task_id": task,
        "checklist_id": checklist,
        "item_id": make(f"/checklists/{checklist}/items", title="Spade"),
        "comment_id": make(f"/tasks/{task}/comments", body="How deep?"),
        "attachment_id": make(f"/tasks/{task}/attachments", name="Plan", url="https://example.org"),
    }


@pytest.fixture
def app(sqlite_url: str, tmp_path: Any) -> Flask:
    """The Flask application, not served."""
    chosen = read_settings(
        _env_file=None, profile=Profile.TESTING, data=tmp_path, database_url=sqlite_url, secret_key="k" * 32
    )
    return create_app(chosen)


def test_the_document_is_valid() -> None:
    schemathesis.openapi.from_dict(document(api.routes)).validate()


def test_every_route_is_in_the_document_and_nothing_else(app: Flask) -> None:
    served = {
        (method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule.removeprefix(BASE)))
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(f"{BASE}/") and not rule.rule.endswith("openapi.json")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    paths = document(api.routes)["paths"]
    assert served == {(method.upper(), path) for path, methods in paths.items() for method in methods}


def test_operations_have_names_of_their_own() -> None:
    names = [one["operationId"] for path in document(api.routes)["paths"].values() for one in path.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_what_is_allowed_is_answered_as_documented(live: Live, method: str, path: str) -> None:
    @PROBING
    @given(case=live.operation(method, path).as_strategy(generation_mode=GenerationMode.POSITIVE))
    def check(case: Any) -> None:
        live.call(case, CHECKS)

    check()


def refuses(context: CheckContext, response: Any, case: Any) -> bool | None:
    """Wrong input is refused: in the body or the query, for paths and headers are put right before it is sent.

    What no schema can say: space around words is cut off before they are measured, an empty value in a query is
    none, and all that a form with a file sends is bytes. An address that is too long is refused as such.
    """
    found = case.meta.components
    sent = (found[part].mode for part in (ParameterLocation.BODY, ParameterLocation.QUERY) if part in found)
    if response.status_code == 414:
        return None
    if GenerationMode.NEGATIVE not in sent or case.media_type == "multipart/form-data":
        return None
    try:
        return negative_data_rejection(context, response, case)
    except AcceptedNegativeData:
        texts = case.body.values() if isinstance(case.body, dict) else ()
        padded = any(isinstance(text, str) and text != text.strip() for text in texts)
        if padded or any(value in ("", None, [], {}, [""]) for value in (case.query or {}).values()):
            return None
        raise


@pytest.mark.parametrize(
    ("method", "path"),
    [pair for pair, route in zip(OPERATIONS, ROUTES, strict=True) if route.body or route.query],
)
def test_what_is_not_allowed_is_refused_with_a_problem(live: Live, method: str, path: str) -> None:
    @PROBING
    @given(case=live.operation(method, path).as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def check(case: Any) -> None:
        answer = live.call(case, [*CHECKS, refuses])
        if answer.status_code >= 400:
            problem = answer.json()
            assert answer.headers["content-type"] == ["application/problem+json"]
            assert (problem["status"], bool(problem["request_id"])) == (answer.status_code, True)

    check()
