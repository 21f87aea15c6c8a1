"""Signing in by Django OAuth Toolkit, a provider that nobody here wrote, as a browser does it."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from tests.fixtures.process import Process, accepts, find_port
from tests.fixtures.server import Server
from tests.providers.visitor import Visitor

SITE = Path(__file__).with_name("django_site.py")
SECRET = "the secret of the board is for tests only"


class Scene:
    """A board, and the provider that it is to use."""

    def __init__(self, folder: Path) -> None:
        provider, board = find_port(), find_port()
        self.url, self.issuer = f"http://127.0.0.1:{board}", f"http://127.0.0.1:{provider}/o"
        given = {"folder": str(folder), "port": provider, "board": self.url, "name": "site"}
        given |= {"client_id": "board", "client_secret": SECRET}
        self.visitors: list[Visitor] = []
        self.process = Process([sys.executable, SITE, json.dumps(given)], folder / "django.log")
        self.process.wait_until(lambda: accepts(provider))
        oidc = {"ISSUER": self.issuer, "CLIENT_ID": "board", "CLIENT_SECRET": SECRET, "LABEL": "Site"}
        oidc["TEAM_GROUPS"] = "*"
        self.settings = {f"BOARD_OIDC__SITE__{key}": value for key, value in oidc.items()}
        self.settings |= {"PORT": str(board), "BOARD_URL": self.url}

    def visit(self, login: str) -> tuple[Visitor, httpx2.Response]:
        """A new browser, in which somebody signs in: Django's form, the toolkit's question, and back."""
        visitor = Visitor(self.url)
        self.visitors.append(visitor)
        form = visitor.begin("site")
        question = visitor.send(form, "password", username=login, password=f"the password of {login}")
        return visitor, visitor.send(question, "code_challenge", allow="Authorize")


@pytest.fixture
def scene(tmp_path: Path, attach_log: Callable[[str, Path], None]) -> Iterator[Scene]:
    """The provider runs; the board is started by the test."""
    attach_log("django", tmp_path / "django.log")
    made = Scene(tmp_path)
    yield made
    for visitor in made.visitors:
        visitor.close()
    made.process.stop()


def examine(server: Server) -> list[dict[str, str]]:
    """What `board doctor` says of signing in by the provider."""
    command = [sys.executable, "-m", "board", "doctor", "--json"]
    told = subprocess.run(
        command, env=server.env, capture_output=True, text=True, cwd=server.data, check=False
    )
    return [one for one in json.loads(told.stdout) if "Site" in one["part"]]


def test_people_come_by_it_and_go_out_by_it(scene: Scene, start_server: Callable[..., Server]) -> None:
    server = start_server(**scene.settings)
    visitor, page = scene.visit("ben")
    assert page.status_code == 200, page.text
    asked = parse_qs(urlsplit(next(one for one in visitor.seen if "/authorize/" in one)).query)
    assert (asked["code_challenge_method"], len(asked["code_challenge"][0])) == (["S256"], 43)
    ben = visitor.me()
    assert (ben["email"], ben["name"]) == ("ben@example.org", "Ben Berg")
    teams = visitor.http.get(f"{scene.url}/api/v1/teams").text
    assert "crew" in teams

    again, _page = scene.visit("ben")
    assert again.me()["id"] == ben["id"]
    other, _page = scene.visit("eve")
    assert other.me()["id"] not in (ben["id"], None)

    question = visitor.sign_out()
    assert str(question.request.url).startswith(f"{scene.issuer}/logout/"), visitor.seen
    back = visitor.send(question, "post_logout_redirect_uri", allow="Logout")
    assert urlsplit(str(back.request.url)).path == "/sign-in"
    assert visitor.me() is None
    assert 'name="password"' in visitor.begin("site").text, "the provider still knows who is there"

    found = examine(server)
    assert found
    assert [one for one in found if one["state"] == "bad"] == []
    assert any("client" in one["text"] and one["state"] == "good" for one in found), found


def test_a_wrong_secret_is_named(scene: Scene, start_server: Callable[..., Server]) -> None:
    server = start_server(**scene.settings | {"BOARD_OIDC__SITE__CLIENT_SECRET": "another secret"})
    visitor, page = scene.visit("ben")
    assert visitor.me() is None
    assert "its id or its secret there is wrong" in page.text, page.text
    assert "invalid_client" in server.log.read_text()
    wrong = [one for one in examine(server) if one["state"] == "bad"]
    assert ["CLIENT_SECRET" in one["fix"] or "secret" in one["text"] for one in wrong] == [True], wrong
