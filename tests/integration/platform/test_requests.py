"""Around every request: its id, its log line, the headers that browsers obey."""

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest

from board.app import create_app, create_asgi
from board.config.settings import Profile, Settings
from tests.integration.conftest import Person

HARMLESS = "01890000-0000-7000-8000-00000000000a"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One database is enough."""
    return sqlite_url


@pytest.fixture
def lines(asgi: Any) -> Iterator[list[dict[str, Any]]]:
    """The log as machines read it, one JSON object a line."""
    found: list[dict[str, Any]] = []
    shown = next(one for one in logging.getLogger().handlers if "structlog" in type(one.formatter).__module__)

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(self.format(record)))

    keep = Keep()
    keep.setFormatter(shown.formatter)
    logging.getLogger().addHandler(keep)
    yield found
    logging.getLogger().removeHandler(keep)


async def test_an_id_is_made_or_taken_over(http: Any) -> None:
    made = (await http.get("/healthz")).headers["x-request-id"]
    assert re.fullmatch(r"[0-9a-f-]{36}", made)
    taken = await http.get("/healthz", headers={"X-Request-ID": HARMLESS})
    assert taken.headers["x-request-id"] == HARMLESS
    for odd in (
        "short",
        "x" * 129,
        "id with spaces",
        'id"quoted"',
        "id\tx-injected",
        "日本語日本語日本語".encode(),
    ):
        answer = await http.get("/healthz", headers={"X-Request-ID": odd})
        assert re.fullmatch(r"[0-9a-f-]{36}", answer.headers["x-request-id"]), odd


async def test_every_request_leaves_one_line_with_its_id(anna: Person, lines: list[dict[str, Any]]) -> None:
    await anna.http.get("/api/v1/me?q=secret", headers={"X-Request-ID": HARMLESS})
    (line,) = [line for line in lines if line["event"] == "request"]
    assert (line["method"], line["path"], line["status"]) == ("GET", "/api/v1/me", 200)
    assert (line["request_id"], line["level"]) == (HARMLESS, "info")
    assert line["ms"] >= 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", line["timestamp"])
    assert "secret" not in json.dumps(line)


async def test_a_line_cannot_be_forged(http: Any, lines: list[dict[str, Any]]) -> None:
    assert (await http.get('/x%0a{"event":"forged"}')).status_code == 400
    await http.get('/x%E2%80%A8{"event":"forged"}')
    assert "forged" not in {line["event"] for line in lines}
    assert [line["path"] for line in lines if line["event"] == "request"] == ['/x\u2028{"event":"forged"}']


async def test_no_password_or_secret_is_logged(anna: Person, http: Any, lines: list[dict[str, Any]]) -> None:
    await http.post("/api/v1/session", json={"email": "anna@example.org", "password": "swordfish-1234"})
    made = await anna.post("/me/tokens", {"name": "x", "scopes": ["read"]})
    await http.get("/api/v1/me", headers={"Authorization": f"Bearer {made['token']}"})
    text = json.dumps(lines)
    assert "swordfish" not in text
    assert made["token"] not in text


async def test_every_answer_has_the_headers_that_browsers_obey(anna: Person) -> None:
    for path in ("/", "/nothing", "/api/v1/boards", "/api/v1/nothing", "/healthz", "/profile"):
        headers = (await anna.http.get(path)).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        policy = headers["content-security-policy"]
        assert "'unsafe-inline'" not in policy
        assert "'unsafe-eval'" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "server" not in headers
        assert "strict-transport-security" not in headers


async def test_a_nonce_is_new_in_every_answer(http: Any) -> None:
    policies = [(await http.get("/")).headers["content-security-policy"] for _ in range(2)]
    assert policies[0] != policies[1]


async def test_static_files_can_be_kept(http: Any) -> None:
    answer = await http.get("/static/favicon.svg")
    assert answer.status_code == 200
    assert "no-store" not in answer.headers["cache-control"]
    assert "set-cookie" not in answer.headers
    assert "cookie" not in answer.headers.get("vary", "").lower()


async def test_the_api_sets_no_cookie_on_a_token(anna: Person, open_client: Any) -> None:
    made = await anna.post("/me/tokens", {"name": "x", "scopes": ["read"]})
    answer = await open_client().get("/api/v1/me", headers={"Authorization": f"Bearer {made['token']}"})
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, False)


@pytest.mark.parametrize("profile", list(Profile))
def test_the_factory_knows_three_profiles(settings: Settings, profile: Profile) -> None:
    app = create_app(settings.model_copy(update={"profile": profile}))
    assert app.testing is (profile is Profile.TESTING)
    assert app.debug is False
    assert app.jinja_env.auto_reload is (profile is Profile.DEVELOPMENT)
    assert app.config["SESSION_COOKIE_HTTPONLY"] is True
    assert app.config["SESSION_COOKIE_SECURE"] is False


def test_two_applications_share_nothing(settings: Settings) -> None:
    one, two = (create_app(settings).extensions["board"] for _ in range(2))
    for name in ("engine", "bus", "announcer", "store", "rooms", "connections"):
        assert getattr(one, name) is not getattr(two, name), name


def test_over_tls_the_cookie_is_bound_to_the_host(settings: Settings) -> None:
    app = create_app(settings.model_copy(update={"url": "https://board.example.org"}))
    assert app.config["SESSION_COOKIE_SECURE"] is True
    assert app.config["SESSION_COOKIE_NAME"] == "__Host-board"


def test_the_whole_application_is_made_without_a_loop(settings: Settings) -> None:
    assert callable(create_asgi(settings))
