"""Groups on their way from a token to rights and teams, and what is told of those that can't be read."""

import pytest

from board.config.settings import Settings, read_settings
from tests.integration.oidc.conftest import Browser
from tests.integration.oidc.provider import Provider

ENTRY = "cn=admins,ou=groups,dc=example,dc=org"
ZITADEL = "urn:zitadel:iam:org:project:roles"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What a provider says is the same on every database."""
    return sqlite_url


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """One provider with the groups of a directory, one with roles in an object and without a claim for none."""
    oidc = {name: one.model_dump(exclude_defaults=True) for name, one in settings.oidc.items()}
    oidc["sso"] |= {"admin_groups": ENTRY, "team_groups": f"cn=dev,ou=groups,dc=example,dc=org=Dev, {ENTRY}"}
    oidc["other"] |= {"groups_claim": ZITADEL, "admin_groups": "admin", "groups_missing": "none"}
    given = settings.model_dump(exclude={"oidc"}, exclude_defaults=True)
    return read_settings(_env_file=None, **given, oidc=oidc)


async def test_groups_of_a_directory(browser: Browser, provider: Provider) -> None:
    await browser.sign_in(provider)
    provider.claims = {
        "sub": "2",
        "email": "dora@example.org",
        "groups": ["CN=admins, OU=groups, DC=example, DC=org"],
    }
    await browser.sign_in(provider)
    me = await browser.me()
    assert (me["email"], me["is_admin"]) == ("dora@example.org", True)
    teams = (await browser.http.get("/api/v1/teams")).json()["items"]
    assert [team["name"] for team in teams] == ["admins"]


async def test_an_object_of_roles_and_then_none(
    browser: Browser, provider: Provider, other: Provider
) -> None:
    await browser.sign_in(provider)
    other.claims = {"sub": "2", "email": "dora@example.org", ZITADEL: {"admin": {"17": "example.org"}}}
    await browser.sign_in(other, "other")
    me = await browser.me()
    assert (me["email"], me["is_admin"]) == ("dora@example.org", True)
    other.claims, other.userinfo = {"sub": "2", "email": "dora@example.org"}, {"sub": "2"}
    await browser.sign_in(other, "other")
    me = await browser.me()
    assert (me["email"], me["is_admin"]) == ("dora@example.org", False)


async def test_groups_that_can_not_be_read_are_logged_and_shown(
    browser: Browser, provider: Provider, other: Provider
) -> None:
    """Without what they hold: it may be about the person."""
    await browser.sign_in(provider)
    for value, shape, told in (
        (
            [{"Xyzzy's": ["Xyzzy"]}],
            "a list of an object with no names of fields",
            "in which no groups can be read",
        ),
        (
            {"roles": ["Xyzzy"]},
            "an object with roles",
            "__GROUPS_CLAIM to where the names are, like groups.roles",
        ),
        (None, "missing", "there was no claim groups"),
        (["x"], "a list of text", "groups came as a list of text"),
    ):
        provider.claims = {"groups": value}
        await browser.sign_in(provider)
        read = value == ["x"]
        assert read or browser.events("oidc.groups_unread")[-1]["shape"] == shape
        page = (await browser.http.get("/admin/health")).text
        assert told in page
        assert shape in page or value is None
        assert "Xyzzy" not in page
