"""What is played with each provider: people come by it and go out by it, and a wrong secret is called by its name."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

import httpx2

from tests.fixtures.server import Server
from tests.providers.visitor import Visitor

NAME, CLIENT = "site", "board"
PREFIX = f"BOARD_OIDC__{NAME.upper()}__"


@dataclass(frozen=True)
class Registration:
    """What a provider is told of a board: where it is, and its secret."""

    board: str
    secret: str

    @property
    def callback(self) -> str:
        """The redirect URI."""
        return f"{self.board}/auth/{NAME}/callback"

    @property
    def after_sign_out(self) -> str:
        """The post-logout redirect URI."""
        return f"{self.board}/sign-in"

    @property
    def back_channel(self) -> str:
        """The back-channel logout URI."""
        return f"{self.board}/auth/{NAME}/backchannel-logout"


@dataclass(frozen=True)
class Person:
    """Somebody whom a provider knows; `groups` are theirs there."""

    login: str
    email: str
    name: str
    password: str
    groups: tuple[str, ...] = ()


class Site(Protocol):
    """A provider that runs, and what a person does on its pages."""

    issuer: str
    scopes: str
    people: tuple[Person, Person]

    def sign_in(self, visitor: Visitor, page: httpx2.Response, person: Person) -> httpx2.Response:
        """Sign in on the page that the board sent the person to, and let the board know them; the page they end at."""

    def sign_out(self, visitor: Visitor, page: httpx2.Response) -> httpx2.Response:
        """Say yes to signing out; the page they end at."""

    def stop(self) -> None:
        """End it."""


class Scenario:
    """A provider and the settings of the board that uses it."""

    def __init__(self, site: Site, registration: Registration) -> None:
        self.site, self.registration = site, registration
        self.url = registration.board
        self.visitors: list[Visitor] = []
        oidc = {"ISSUER": site.issuer, "CLIENT_ID": CLIENT, "CLIENT_SECRET": registration.secret}
        oidc |= {"LABEL": "Site", "SCOPES": site.scopes, "TEAM_GROUPS": "*"}
        self.settings = {PREFIX + key: value for key, value in oidc.items()}
        self.settings |= {"PORT": str(urlsplit(self.url).port), "BOARD_URL": self.url}

    def visit(self, person: Person) -> tuple[Visitor, httpx2.Response]:
        """Sign in with a new browser; it, and the page that the person ends at."""
        visitor = self.open_visitor()
        return visitor, self.site.sign_in(visitor, visitor.begin(NAME), person)

    def open_visitor(self) -> Visitor:
        """A new browser, in which nobody is signed in."""
        self.visitors.append(Visitor(self.url))
        return self.visitors[-1]

    def close(self) -> None:
        """Close the browsers, and end the provider."""
        for visitor in self.visitors:
            visitor.close()
        self.site.stop()


def examine(server: Server, **settings: str) -> list[dict[str, str]]:
    """What `board doctor` says of signing in by the provider, with other settings than the server's where given."""
    command = [sys.executable, "-m", "board", "doctor", "--json"]
    told = subprocess.run(
        command, env=server.env | settings, capture_output=True, text=True, cwd=server.data, check=False
    )
    return [one for one in json.loads(told.stdout) if "Site" in one["part"]]


def find_bad(server: Server, **settings: str) -> list[tuple[str, str]]:
    """The text and the fix of each thing that `board doctor` says is wrong with the provider."""
    return [(one["text"], one["fix"]) for one in examine(server, **settings) if one["state"] == "bad"]


def see_people_come_and_go(scenario: Scenario, start_server: Callable[..., Server]) -> None:
    """Two people sign in, one of them again in another browser and out again; the doctor finds nothing wrong."""
    server = start_server(**scenario.settings)
    first, second = scenario.site.people
    visitor, page = scenario.visit(first)
    assert page.status_code == 200, page.text
    asked = parse_qs(urlsplit(next(one for one in visitor.seen if "code_challenge=" in one)).query)
    assert (asked["code_challenge_method"], len(asked["code_challenge"][0])) == (["S256"], 43)
    account = visitor.me()
    assert account, f"nobody is signed in at {page.request.url}: {page.text}"
    assert (account["email"], account["name"]) == (first.email, first.name)
    teams = {one["name"] for one in visitor.read("/teams")["items"]}
    assert teams == set(first.groups)

    again, _page = scenario.visit(first)
    assert again.me()["id"] == account["id"]
    other, _page = scenario.visit(second)
    assert other.me()["email"] == second.email
    assert {one["name"] for one in other.read("/teams")["items"]} == set(second.groups)

    question = visitor.sign_out()
    assert str(question.request.url).startswith(origin(scenario.site.issuer)), visitor.seen
    back = scenario.site.sign_out(visitor, question)
    assert str(back.request.url).partition("?")[0] == scenario.registration.after_sign_out, visitor.seen
    assert visitor.me() is None
    form = visitor.begin(NAME)
    assert str(form.request.url).startswith(origin(scenario.site.issuer)), (
        "the provider still knows who is there"
    )

    assert find_bad(server) == []
    assert "it takes our client id and secret" in [one["text"] for one in examine(server)]


def see_a_wrong_secret_named(
    scenario: Scenario, start_server: Callable[..., Server], page: str, log: str
) -> None:
    """Nobody gets in with a wrong secret; the page, the log and the doctor say that it is the secret.

    `page` is what the page says of it, `log` what the provider answered.
    """
    wrong = "another-secret-than-the-one-there"
    server = start_server(**scenario.settings | {f"{PREFIX}CLIENT_SECRET": wrong})
    visitor, shown = scenario.visit(scenario.site.people[0])
    assert visitor.me() is None
    assert shown.status_code == 403
    assert str(shown.request.url).startswith(scenario.registration.callback), visitor.seen
    assert page in shown.text
    written = server.log.read_text()
    assert (
        f"{log}; it knew our id and our address when the sign-in began: look at CLIENT_SECRET first"
        in written
    )
    assert wrong not in written + shown.text
    [(text, fix)] = find_bad(server)
    assert "secret" in text
    assert f"copy {PREFIX}CLIENT_ID and {PREFIX}CLIENT_SECRET anew" in fix


def origin(address: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/"
