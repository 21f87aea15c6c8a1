"""What may be said to a provider beside our own parameters, and what each instance's cookie is called."""

import pytest

from board.config.authorize_params import read_params
from board.config.settings import read_settings
from tests.unit.config.test_providers import provider, refusal


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("", ()),
        ("prompt=login", (("prompt", "login"),)),
        ("prompt=login, acr_values=a b", (("prompt", "login"), ("acr_values", "a b"))),
        ("prompt=login&ui_locales=de en", (("prompt", "login"), ("ui_locales", "de en"))),
        ("login_hint=x,y=z", (("login_hint", "x"), ("y", "z"))),
        (
            'claims={"id_token": {"a": null, "b": null}}',
            (("claims", '{"id_token": {"a": null, "b": null}}'),),
        ),
        ('{"claims": {"id_token": {}}, "x": "1,y=2"}', (("claims", '{"id_token": {}}'), ("x", "1,y=2"))),
    ],
)
def test_how_they_are_written(text: str, pairs: tuple[tuple[str, str], ...]) -> None:
    assert read_params(text) == pairs


@pytest.mark.parametrize(
    ("text", "word"),
    [
        *(
            (f"{name}=x", "own")
            for name in ("state", "nonce", "redirect_uri", "code_challenge", "Client_ID", "scope")
        ),
        *((f"{name}=x", "own") for name in ("response_mode", "request", "request_uri", "response_type")),
        ("prompt", "no value"),
        ("prompt=none", "prompt=none"),
        ("prompt=login, prompt=consent", "twice"),
        ("max_age=soon", "seconds"),
        ("x=" + "y" * 501, "500"),
        ("x=a\nb", "printable"),
        ("1=2", "not the name"),
        ("{no", "JSON"),
        (", ".join(f"p{n}=1" for n in range(21)), "21"),
        (", ".join(f"p{n}={'x' * 499}" for n in range(5)), "2,000"),
    ],
)
def test_what_they_can_t_say(text: str, word: str) -> None:
    told = refusal("acme", issuer="https://sso.example.org", authorize_params=text)
    assert "BOARD_OIDC__ACME__AUTHORIZE_PARAMS" in told
    assert word in told


def test_they_come_with_the_provider() -> None:
    acme = provider(
        "acme", issuer="https://sso.example.org", authorize_params="prompt=login", response_mode="form_post"
    )
    assert (acme.authorize_params, acme.response_mode) == ((("prompt", "login"),), "form_post")
    assert "RESPONSE_MODE" in refusal("acme", issuer="https://sso.example.org", response_mode="fragment")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({}, "board"),
        ({"port": 8001}, "board-8001"),
        ({"port": 8001, "url": "http://board.lan"}, "board"),
        ({"url": "https://board.example.org"}, "__Host-board"),
        ({"url": "https://example.org:8443"}, "__Host-board-8443"),
        ({"port": 8001, "redis_url": "redis://127.0.0.1", "url": "http://board.lan:80"}, "board"),
        ({"port": 8001, "redis_url": "redis://127.0.0.1"}, "board"),
    ],
)
def test_each_instance_at_one_host_has_its_own_cookie(given: dict[str, str], name: str) -> None:
    assert read_settings(_env_file=None, secret_key="k" * 32, **given).cookie == name
