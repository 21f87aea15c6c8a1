"""Signing in by providers that Debian has and nobody here wrote: run by `make providers`, which unpacks them."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.fixtures.server import Server
from tests.providers.glewlwyd import Glewlwyd
from tests.providers.lemonldap import LemonLdap
from tests.providers.scenarios import (
    NAME,
    PREFIX,
    Scenario,
    find_bad,
    see_a_wrong_secret_named,
    see_people_come_and_go,
)


@pytest.mark.parametrize("kind", [Glewlwyd, LemonLdap])
def test_people_come_by_it_and_go_out_by_it(
    kind: type, open_scenario: Callable[..., Scenario], start_server: Callable[..., Server]
) -> None:
    see_people_come_and_go(open_scenario(kind), start_server)


@pytest.mark.parametrize(
    ("kind", "page", "log"),
    [
        (Glewlwyd, "its id, its secret or its address there is wrong", "unauthorized_client (status 403)"),
        (LemonLdap, "its id or its secret there is wrong, or has expired", "invalid_client (status 401)"),
    ],
)
def test_a_wrong_secret_is_named(
    kind: type,
    page: str,
    log: str,
    open_scenario: Callable[..., Scenario],
    start_server: Callable[..., Server],
) -> None:
    see_a_wrong_secret_named(open_scenario(kind), start_server, page, log)


@pytest.mark.parametrize("kind", [Glewlwyd, LemonLdap])
def test_a_secret_with_other_signs_is_taken_by_post_only(
    kind: type, open_scenario: Callable[..., Scenario], start_server: Callable[..., Server]
) -> None:
    """Neither decodes what it is told by basic authentication; the doctor says what to set, and then all is well."""
    scenario = open_scenario(kind, secret="a secret + 5%")
    server = start_server(**scenario.settings)
    visitor, _page = scenario.visit(scenario.site.people[0])
    assert visitor.me() is None
    [(text, fix)] = find_bad(server)
    assert "sent by client_secret_post it does" in text
    name, _, value = fix.removeprefix("set ").partition("=")
    assert (name, value) == (f"{PREFIX}CLIENT_AUTH", "client_secret_post")

    server.env[name] = value
    server.restart()
    visitor, page = scenario.visit(scenario.site.people[0])
    assert visitor.me(), page.text
    assert find_bad(server) == []


def test_a_secret_with_other_signs_where_post_is_not_allowed(
    open_scenario: Callable[..., Scenario], start_server: Callable[..., Server]
) -> None:
    scenario = open_scenario(partial(Glewlwyd, methods=["client_secret_basic"]), secret="a secret + 5%")
    [(text, fix)] = find_bad(start_server(**scenario.settings))
    assert "it does not decode them" in text
    assert fix.endswith(f"{PREFIX}CLIENT_AUTH=client_secret_post")


def test_glewlwyd_does_not_know_another_address(
    open_scenario: Callable[..., Scenario], start_server: Callable[..., Server]
) -> None:
    """It says `unauthorized_client`, as it does for a wrong secret: both are named."""
    scenario = open_scenario(Glewlwyd)
    server = start_server(**scenario.settings)
    [(text, fix)] = find_bad(server, BOARD_URL="http://board.example.org")
    assert "our id, our secret or our redirect URI is not what is registered: unauthorized_client" in text
    assert "register http://board.example.org/auth/site/callback" in fix
    assert f"copy {PREFIX}CLIENT_ID and {PREFIX}CLIENT_SECRET anew" in fix


def test_who_signs_out_at_glewlwyd_is_signed_out_here(
    open_scenario: Callable[..., Scenario], start_server: Callable[..., Server]
) -> None:
    """By back-channel logout: what ends is another session here than the one that was signed out by its button."""
    scenario = open_scenario(Glewlwyd)
    server = start_server(**scenario.settings)
    first, _page = scenario.visit(scenario.site.people[0])
    second = scenario.open_visitor()
    for cookie in first.http.cookies.jar:
        if cookie.name.startswith("GLEWLWYD2"):
            second.http.cookies.jar.set_cookie(cookie)
    second.go(f"{second.begin(NAME).request.url.params['callback_url']}&g_continue")
    assert second.me()["id"] == first.me()["id"]

    scenario.site.sign_out(second, second.sign_out())
    server.wait_until(lambda: '"/auth/site/backchannel-logout"' in server.log.read_text())
    assert first.me() is None
