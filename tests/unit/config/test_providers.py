"""Identity providers are read from settings, and every mistake is named with what to write instead."""

from pathlib import Path

import pytest

from board.config.settings import ConfigurationError, Settings, read_settings
from board.domain.provider import Provider

ENTRA = "https://login.microsoftonline.com"


def read(**oidc: dict[str, str]) -> Settings:
    """The settings with these providers, and nothing of this machine."""
    return read_settings(_env_file=None, secret_key="k" * 32, oidc=oidc)


def provider(name: str, **settings: str) -> Provider:
    """The one provider of that name."""
    complete = {"client_id": "board", "client_secret": "hush", **settings}
    return read(**{name: complete}).providers[0]


def refusal(name: str, **settings: str) -> str:
    """What is said of a provider that is set up wrongly."""
    with pytest.raises(ConfigurationError) as caught:
        provider(name, **settings)
    return str(caught.value)


def test_google_takes_nothing_but_its_id_and_secret() -> None:
    google = provider("google")
    assert (google.issuer, google.label, google.preset) == ("https://accounts.google.com", "Google", "google")
    assert google.scopes == ("openid", "email", "profile")
    assert not google.trusts_email
    assert not google.link_by_email


def test_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    for name, value in {
        "ISSUER": "https://sso.example.org/realms/office",
        "PRESET": "keycloak",
        "CLIENT_ID": "board",
        "CLIENT_SECRET_FILE": str(tmp_path / "secret"),
        "GROUPS_CLAIM": "realm_access.roles",
        "ADMIN_GROUPS": "/admins, root",
        "TEAM_GROUPS": "/dev=Developers, design, *",
        "DOMAINS": "Example.org,@example.net",
        "SIGNUP": "false",
    }.items():
        monkeypatch.setenv(f"BOARD_OIDC__OFFICE__{name}", value)
    [office] = read_settings(_env_file=None, secret_key="k" * 32).providers
    assert (office.name, office.label, office.client_secret) == ("office", "Keycloak", "from a file")
    assert office.groups_claim == "realm_access.roles"
    assert office.admin_groups == {"admins", "root"}
    assert office.team_groups == (("dev", "Developers"), ("design", "design"))
    assert office.every_group_is_team
    assert office.domains == {"example.org", "example.net"}
    assert not office.signup


@pytest.mark.parametrize(
    ("name", "settings", "sentence"),
    [
        (
            "keycloak",
            {},
            "KEYCLOAK__ISSUER: must be set, to something like https://login.example.org/realms/",
        ),
        (
            "entra",
            {},
            "ENTRA__ISSUER: must be set, to something like https://login.microsoftonline.com/<tenant",
        ),
        ("entra", {"issuer": f"{ENTRA}/common/v2.0"}, "ENTRA__ISSUER: stands for every organisation"),
        (
            "entra",
            {"issuer": f"{ENTRA}/organizations/v2.0"},
            "write your own tenant's: https://login.microsoft",
        ),
        ("entra", {"issuer": f"{ENTRA}/{{tenantid}}/v2.0"}, "ENTRA__ISSUER: stands for every organisation"),
        ("sso", {"issuer": "http://sso.example.org"}, "SSO__ISSUER: must begin with https://"),
        ("sso", {"issuer": "sso.example.org"}, "SSO__ISSUER: write the issuer as the provider itself does"),
        ("sso", {"issuer": "https://me:pw@sso.example.org"}, "SSO__ISSUER: must not hold a user name"),
        (
            "sso",
            {"issuer": "https://sso.example.org/.well-known/openid-configuration"},
            "SSO__ISSUER: write https://sso.example.org, without the rest",
        ),
        (
            "google",
            {"preset": "goggle"},
            "GOOGLE__PRESET: there is no preset 'goggle'; there are google, keycloak",
        ),
        ("google", {"client_secret": ""}, "GOOGLE__CLIENT_SECRET: must be set, or CLIENT_SECRET_FILE"),
        ("google", {"client_auth": "none"}, "GOOGLE__CLIENT_SECRET: CLIENT_AUTH is none"),
        ("google", {"client_auth": "jwt"}, "BOARD_OIDC__GOOGLE__CLIENT_AUTH: "),
        ("google", {"client_secret_file": "/nowhere"}, "CLIENT_SECRET and CLIENT_SECRET_FILE are both set"),
        ("google", {"scopes": "email"}, "GOOGLE__SCOPES: must have openid among them"),
        ("google", {"algorithms": "RS256,none"}, "GOOGLE__ALGORITHMS: 'none' is not accepted"),
        ("google", {"algorithms": "HS256"}, "GOOGLE__ALGORITHMS: 'HS256' is not accepted"),
        ("google", {"api_audience": "board"}, "GOOGLE__API_AUDIENCE: must differ from CLIENT_ID"),
        ("google", {"isuer": "x"}, "BOARD_OIDC__GOOGLE__ISUER: there is no such setting"),
        ("my sso", {"issuer": "https://sso.example.org"}, "BOARD_OIDC__MY SSO: a provider's name has"),
    ],
)
def test_each_mistake_has_its_sentence(name: str, settings: dict[str, str], sentence: str) -> None:
    assert sentence in refusal(name, **settings)


def test_every_mistake_is_named_at_once() -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(keycloak={"client_id": "board", "client_secret": "hush"}, google={"client_id": "board"})
    assert "KEYCLOAK__ISSUER" in str(caught.value)
    assert "GOOGLE__CLIENT_SECRET" in str(caught.value)


def test_a_client_id_is_asked_for() -> None:
    with pytest.raises(ConfigurationError, match="BOARD_OIDC__GOOGLE__CLIENT_ID: must be set"):
        read(google={"client_secret": "hush"})


def test_http_will_do_on_this_machine_alone() -> None:
    for host in ("127.0.0.1:9000", "localhost:9000", "[::1]:9000", "keycloak.localhost"):
        assert provider("sso", issuer=f"http://{host}").issuer == f"http://{host}"
    assert "must begin with https://" in refusal("sso", issuer="http://10.0.0.1")
    assert "must begin with https://" in refusal("sso", issuer="http://localhost.example.org")


def test_two_names_for_one_provider_are_refused() -> None:
    one = {"issuer": "https://sso.example.org", "client_id": "board", "client_secret": "hush"}
    with pytest.raises(ConfigurationError, match="a and b are the same provider; keep one"):
        read(a=one, b=one)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"sso_redirect": "google"}, "BOARD_SSO_REDIRECT: there is no provider 'google'; there is none"),
        ({"sso_only": True}, "BOARD_SSO_ONLY: nobody could sign in"),
    ],
)
def test_single_sign_on_takes_a_provider(more: dict[str, object], sentence: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_settings(_env_file=None, secret_key="k" * 32, **more)
    assert sentence in str(caught.value)
