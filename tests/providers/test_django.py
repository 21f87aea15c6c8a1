"""Signing in by Django OAuth Toolkit, a provider that nobody here wrote, as a browser does it."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import httpx2

from tests.fixtures.process import Process, accepts
from tests.fixtures.server import Server
from tests.providers.scenarios import (
    CLIENT,
    NAME,
    Person,
    Registration,
    Scenario,
    see_a_wrong_secret_named,
    see_people_come_and_go,
)
from tests.providers.visitor import Visitor

SITE = Path(__file__).with_name("django_site.py")
SECRET = "the secret of the board is for tests only"


class Toolkit:
    """The project of django_site.py."""

    scopes = "openid email profile"
    people = (
        Person("ben", "ben@example.org", "Ben Berg", "the password of ben", ("crew",)),
        Person("eve", "eve@example.org", "Eve Berg", "the password of eve"),
    )

    def __init__(self, folder: Path, port: int, registration: Registration) -> None:
        self.issuer = f"http://127.0.0.1:{port}/o"
        given = {"folder": str(folder), "port": port, "board": registration.board, "name": NAME}
        given |= {"client_id": CLIENT, "client_secret": registration.secret}
        self._process = Process([sys.executable, SITE, json.dumps(given)], folder / "provider.log")
        self._process.wait_until(lambda: accepts(port))

    def sign_in(self, visitor: Visitor, page: httpx2.Response, person: Person) -> httpx2.Response:
        """Django's form, and the toolkit's question."""
        question = visitor.send(page, "password", username=person.login, password=person.password)
        return visitor.send(question, "code_challenge", allow="Authorize")

    def sign_out(self, visitor: Visitor, page: httpx2.Response) -> httpx2.Response:
        """The toolkit's question."""
        return visitor.send(page, "post_logout_redirect_uri", allow="Logout")

    def stop(self) -> None:
        """End it."""
        self._process.stop()


def test_people_come_by_it_and_go_out_by_it(
    open_scenario: Callable[..., Scenario], start_server: Callable[..., Server]
) -> None:
    see_people_come_and_go(open_scenario(Toolkit, secret=SECRET), start_server)


def test_a_wrong_secret_is_named(
    open_scenario: Callable[..., Scenario], start_server: Callable[..., Server]
) -> None:
    scenario = open_scenario(Toolkit, secret=SECRET)
    see_a_wrong_secret_named(
        scenario,
        start_server,
        "its id or its secret there is wrong, or has expired",
        "invalid_client (status 401)",
    )
