"""The terms: asked at registration and once at each new version; nobody sees a trace of them where there are none."""

from typing import Any

import httpx2
import pytest
import socketio

from board.app import create_asgi
from board.config.settings import ConfigurationError, Settings, read_settings
from tests.integration.accounts.conftest import CSRF, OpenSite, PostForm
from tests.integration.conftest import PASSWORD, Person, living, on_port, register
from tests.listener import PATIENCE, Listener, listening

TERMS = {"terms_url": "https://example.org/terms", "terms_version": "2"}
NEW = {"name": "Dora", "email": "dora@example.org", "password": PASSWORD}


@pytest.fixture
async def site(open_site: OpenSite) -> httpx2.AsyncClient:
    return await open_site(TERMS)


def take_cookies(site: httpx2.AsyncClient, person: Person) -> None:
    """The browser of somebody who signed in before there were terms."""
    for cookie in person.http.cookies.jar:
        site.cookies.set(cookie.name, cookie.value or "")
    site.headers["X-CSRFToken"] = person.http.headers["X-CSRFToken"]


async def test_registration_asks(anna: Person, site: httpx2.AsyncClient) -> None:
    refused = await site.post("/api/v1/users", json=NEW)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "accepts_terms")
    made = await site.post("/api/v1/users", json={**NEW, "accepts_terms": True})
    assert made.status_code == 201
    kept = (await site.get("/api/v1/me/consents")).json()["items"]
    assert [one["version"] for one in kept] == ["2"]
    assert (await site.get("/api/v1/boards")).status_code == 200


async def test_the_form_has_a_box(anna: Person, site: httpx2.AsyncClient, post_form: PostForm) -> None:
    shown = (await site.get("/register")).text
    assert 'name="accepts_terms"' in shown
    assert 'href="https://example.org/terms"' in shown
    refused = await post_form(site, "/register", **NEW)
    assert (refused.status_code, "accept the terms" in refused.text) == (422, True)
    done = await post_form(site, "/register", **NEW, accepts_terms="y")
    assert (done.status_code, done.headers["Location"]) == (303, "/")


async def test_a_new_version_is_asked_for_once(anna: Person, site: httpx2.AsyncClient) -> None:
    """At the next page, which comes right after; the API says why it refuses; one may read, leave and take along."""
    take_cookies(site, anna)
    refused = await site.get("/api/v1/boards")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/terms-not-accepted")
    sent = await site.get("/import?a=b")
    assert (sent.status_code, sent.headers["Location"]) == (302, "/terms?next=/import?a%3Db")
    for path in ("/terms", "/profile/data", "/api/v1/me/export", "/api/v1/me/consents", "/api/v1/session"):
        assert (await site.get(path)).status_code == 200, path

    page = await site.get("/terms?next=/import")
    token = CSRF.search(page.text)
    assert token is not None
    fields = {"csrf_token": token[1], "version": "2"}
    unticked = await site.post("/terms?next=/import", data=fields)
    assert (unticked.status_code, "Tick the box" in unticked.text) == (422, True)
    stale = await site.post("/terms?next=/import", data={**fields, "version": "1", "accepts": "y"})
    assert (stale.status_code, "changed once more" in stale.text) == (422, True)
    done = await site.post("/terms?next=/import", data={**fields, "accepts": "y"})
    assert (done.status_code, done.headers["Location"]) == (303, "/import")
    assert (await site.get("/import")).status_code == 200
    assert (await site.get("/api/v1/boards")).status_code == 200


async def test_by_the_api_and_with_a_token(
    anna: Person, site: httpx2.AsyncClient, open_site: OpenSite
) -> None:
    """A token goes on working: whoever made it accepts at a browser. An acceptance is audited, and kept once."""
    token = (await anna.post("/me/tokens", {"name": "t", "scopes": ["read"]}))["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    assert (await site.get("/api/v1/boards", headers=bearer)).status_code == 200
    take_cookies(site, anna)
    other = await site.post("/api/v1/me/consents", json={"version": "1"})
    assert (other.status_code, other.json()["errors"][0]["field"]) == (422, "version")
    for _ in range(2):
        assert (await site.post("/api/v1/me/consents", json={"version": "2"})).status_code == 201
    told = (await site.get("/api/v1/me/audit?type=account.consented")).json()["items"]
    assert [one["detail"] for one in told] == [{"version": "2"}]
    third = await open_site({**TERMS, "terms_version": "3"})
    take_cookies(third, anna)
    assert (await third.get("/api/v1/boards")).status_code == 403


async def test_a_socket_waits_for_it_too(anna: Person, settings: Settings) -> None:
    application = create_asgi(settings.model_copy(update=TERMS))
    async with living(application), on_port(application) as url:
        cookies = {one.name: one.value or "" for one in anna.http.cookies.jar}
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
        refused = Listener()
        told: list[Any] = []
        refused.socket.on("connect_error", told.append)
        with pytest.raises(socketio.exceptions.ConnectionError):
            await refused.socket.connect(
                url, headers=dict(headers), transports=["websocket"], wait_timeout=PATIENCE
            )
        assert told[0]["data"]["type"] == "/problems/terms-not-accepted"
        proof = {"X-CSRFToken": anna.http.headers["X-CSRFToken"]}
        async with httpx2.AsyncClient(base_url=url, cookies=cookies, headers=proof) as http:
            assert (await http.post("/api/v1/me/consents", json={"version": "2"})).status_code == 201
        async with listening(url, headers=dict(headers)) as listener:
            assert listener.socket.connected


async def test_no_terms_no_trace(anna: Person, http: httpx2.AsyncClient) -> None:
    shown = (await http.get("/register")).text
    assert "terms" not in shown.lower()
    assert (await anna.http.get("/terms")).status_code == 404
    refused = await anna.http.post("/api/v1/me/consents", json={"version": "1"})
    assert refused.status_code == 404
    assert (await register(http, "Dora")).user["name"] == "Dora"


def test_the_two_settings_go_together() -> None:
    for values in ({"terms_url": "https://example.org/terms"}, {"terms_version": "1"}):
        with pytest.raises(ConfigurationError, match="BOARD_TERMS_URL and BOARD_TERMS_VERSION"):
            read_settings(_env_file=None, **values)
    with pytest.raises(ConfigurationError, match="BOARD_TERMS_URL"):
        read_settings(_env_file=None, terms_url="javascript:alert(1)", terms_version="1")
