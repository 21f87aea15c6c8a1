"""The realm that `docker compose --profile keycloak up` makes fits what this server asks of a provider."""

import json
from pathlib import Path
from typing import Any

import yaml

from board.config.providers import ProviderSettings, make_providers

ROOT = Path(__file__).parents[3]
REALM: dict[str, Any] = json.loads((ROOT / "deploy/keycloak/realm.json").read_text())
CLIENT = next(one for one in REALM["clients"] if one["clientId"] == "board")
LINES = (ROOT / "deploy/keycloak/board.env").read_text().splitlines()
PREFIX = "BOARD_OIDC__KEYCLOAK__"


def read_provider() -> Any:
    pairs = [line.split("=", 1) for line in LINES if line.startswith(PREFIX)]
    fields: dict[str, Any] = {key.removeprefix(PREFIX).lower(): value for key, value in pairs}
    return make_providers({"keycloak": ProviderSettings(**fields)})[0]


def test_the_client_is_sent_back_and_told_of_logouts_where_we_listen() -> None:
    assert CLIENT["redirectUris"] == ["${BOARD_URL}/auth/keycloak/callback"]
    assert CLIENT["attributes"]["post.logout.redirect.uris"] == "${BOARD_URL}/sign-in"
    assert CLIENT["attributes"]["backchannel.logout.url"].endswith("/auth/keycloak/backchannel-logout")
    assert CLIENT["attributes"]["pkce.code.challenge.method"] == "S256"
    assert not CLIENT["directAccessGrantsEnabled"]
    assert not CLIENT["implicitFlowEnabled"]


def test_its_groups_are_those_that_the_settings_name() -> None:
    provider = read_provider()
    [mapper] = [one["config"] for one in CLIENT["protocolMappers"] if one["name"] == "groups"]
    there = {group["name"] for group in REALM["groups"]}
    assert mapper["claim.name"] == provider.groups_claim
    assert provider.admin_groups | {group for group, _ in provider.team_groups} == there
    assert all(group.removeprefix("/") in there for user in REALM["users"] for group in user["groups"])


def test_no_secret_is_written_down_and_both_sides_call_it_by_one_address() -> None:
    secrets = [CLIENT["secret"], *(one["value"] for user in REALM["users"] for one in user["credentials"])]
    assert all(secret.startswith("${") for secret in secrets)
    service = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["keycloak"]
    host = service["environment"]["KC_HOSTNAME"]
    assert read_provider().issuer == f"{host}/realms/{REALM['realm']}"
    assert service["networks"]["front"]["aliases"] == [host.removeprefix("http://").removesuffix(":8080")]
    assert service["profiles"] == ["keycloak"]
