"""Identity providers: from settings to `Provider`, with what is known of the usual ones filled in.

Every mistake is a ValueError whose lines each name the setting and say what to write.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from re import fullmatch
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from board.config.authorize_params import read_params
from board.domain.groups import name_group, split_groups, split_pairs
from board.domain.identity import domain_of
from board.domain.network import is_loopback
from board.domain.provider import ALGORITHMS, Provider

SHARED_TENANTS = ("common", "organizations", "consumers", "{tenantid}")
"""Places at Microsoft Entra ID that stand for many tenants: the issuer differs from person to person."""


class ProviderSettings(BaseModel):
    """One OpenID Connect provider: BOARD_OIDC__<NAME>__ISSUER and so on. Lists are written with commas.

    `team_groups` are written `group=team`, or one name for both; `*` stands for every group. Names of groups that have
    commas are written in double quotes, or the list as JSON.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    preset: str = ""
    issuer: str = ""
    client_id: str
    client_secret: SecretStr = SecretStr("")
    client_secret_file: Path | None = None
    label: str = ""
    scopes: str = ""
    email_claim: str = ""
    name_claim: str = ""
    groups_claim: str = ""
    groups_missing: str = Field(default="keep", pattern="^(keep|none)$")
    admin_groups: str = ""
    team_groups: str = ""
    signup: bool = True
    domains: str = ""
    link_by_email: bool = False
    trust_email: bool = False
    sync_profile: bool = True
    api_audience: str = ""
    authorize_params: str = ""
    response_mode: str = Field(default="", pattern="^(|query|form_post)$")
    client_auth: str = Field(
        default="client_secret_basic", pattern="^(client_secret_basic|client_secret_post|none)$"
    )
    algorithms: str = ""


@dataclass(frozen=True, slots=True)
class Preset:
    """What is known of a provider. `example` shows what its issuer looks like, `issuer` is it where all share one."""

    label: str
    example: str
    issuer: str = ""
    scopes: tuple[str, ...] = ("openid", "email", "profile")
    groups_claim: str = "groups"


PRESETS = {
    "google": Preset("Google", "https://accounts.google.com", issuer="https://accounts.google.com"),
    "keycloak": Preset("Keycloak", "https://login.example.org/realms/example"),
    "entra": Preset("Microsoft", "https://login.microsoftonline.com/<tenant id>/v2.0"),
    "gitlab": Preset(
        "GitLab", "https://gitlab.com", issuer="https://gitlab.com", groups_claim="groups_direct"
    ),
    "authentik": Preset("authentik", "https://login.example.org/application/o/board/"),
}
_OTHER = Preset("", "https://login.example.org")


def make_providers(settings: Mapping[str, ProviderSettings]) -> tuple[Provider, ...]:
    """Return the providers of the settings, in their order; ValueError with a line for each mistake."""
    mistakes: list[str] = []
    found: list[Provider] = []
    for name, one in settings.items():
        wrong = list(_find_mistakes(name, one))
        mistakes += [f"BOARD_OIDC__{name.upper()}{setting}: {text}" for setting, text in wrong]
        if not wrong:
            found.append(_make(name, one))
    for provider in found:
        twins = [other.name for other in found if other.issuer == provider.issuer]
        if twins[0] == provider.name and len(twins) > 1:
            mistakes.append(
                f"BOARD_OIDC__{twins[1].upper()}__ISSUER: {' and '.join(twins)} are the same provider; keep one"
            )
    if mistakes:
        raise ValueError("\n".join(mistakes))
    return tuple(found)


def _find_mistakes(name: str, one: ProviderSettings) -> Iterable[tuple[str, str]]:
    preset = _preset(name, one)
    if not fullmatch(r"[a-z0-9][a-z0-9-]{0,30}", name):
        yield (
            "",
            "a provider's name has 1 to 31 letters, digits and hyphens; it is part of its addresses here",
        )
    if one.preset and one.preset not in PRESETS:
        yield "__PRESET", f"there is no preset {one.preset!r}; there are {', '.join(PRESETS)}"
    if wrong := _check_issuer(one.issuer or preset.issuer, preset):
        yield "__ISSUER", wrong
    if wrong := _check_secret(one):
        yield "__CLIENT_SECRET", wrong
    if one.scopes and "openid" not in one.scopes.replace(",", " ").split():
        yield "__SCOPES", "must have openid among them; without it nobody is named"
    for setting, read, text in (
        ("__ADMIN_GROUPS", split_groups, one.admin_groups),
        ("__TEAM_GROUPS", split_pairs, one.team_groups),
        ("__AUTHORIZE_PARAMS", read_params, one.authorize_params),
    ):
        try:
            read(text)
        except ValueError as error:
            yield setting, str(error)
    for algorithm in _split(one.algorithms):
        if algorithm not in ALGORITHMS:
            yield "__ALGORITHMS", f"{algorithm!r} is not accepted; choose from {', '.join(ALGORITHMS)}"
    if one.api_audience and one.api_audience == one.client_id:
        yield "__API_AUDIENCE", "must differ from CLIENT_ID, else an id_token would pass for an access token"


def _check_issuer(issuer: str, preset: Preset) -> str:
    if not issuer:
        return f"must be set, to something like {preset.example}"
    if any(f"/{tenant}" in issuer for tenant in SHARED_TENANTS):
        return (
            "stands for every organisation at Microsoft, so it can't be told whose word it is; "
            f"write your own tenant's: {PRESETS['entra'].example}"
        )
    parts = urlsplit(issuer)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.query or parts.fragment:
        return f"write the issuer as the provider itself does, like {preset.example}"
    if parts.username or parts.password:
        return "must not hold a user name or password"
    if issuer.endswith("/.well-known/openid-configuration"):
        return f"write {issuer.removesuffix('/.well-known/openid-configuration')}, without the rest"
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        return "must begin with https://; http:// is for a provider on this very machine"
    return ""


def _check_secret(one: ProviderSettings) -> str:
    written = bool(one.client_secret.get_secret_value())
    if written and one.client_secret_file:
        return "CLIENT_SECRET and CLIENT_SECRET_FILE are both set; keep one"
    if one.client_auth == "none":
        return "CLIENT_AUTH is none, so there must be no secret" if written or one.client_secret_file else ""
    if not written and not one.client_secret_file:
        return "must be set, or CLIENT_SECRET_FILE; a public client without a secret has CLIENT_AUTH=none"
    try:
        return "" if _read_secret(one) else f"{one.client_secret_file} is empty"
    except OSError as error:
        return f"{one.client_secret_file} can't be read: {error.strerror}"


def _make(name: str, one: ProviderSettings) -> Provider:
    preset = _preset(name, one)
    kind = one.preset or (name if name in PRESETS else "")
    teams = split_pairs(one.team_groups)
    return Provider(
        name=name,
        issuer=one.issuer or preset.issuer,
        client_id=one.client_id,
        client_secret=_read_secret(one),
        label=one.label or preset.label or name.replace("-", " ").title(),
        scopes=tuple(one.scopes.replace(",", " ").split()) or preset.scopes,
        email_claims=_split(one.email_claim),
        name_claims=_split(one.name_claim),
        groups_claim=one.groups_claim or preset.groups_claim,
        admin_groups=frozenset(name_group(group, kind) for group in split_groups(one.admin_groups)),
        team_groups=tuple((name_group(group, kind), team) for group, team in teams if group != "*"),
        every_group_is_team=any(group == "*" for group, _ in teams),
        missing_is_none=one.groups_missing == "none",
        signup=one.signup,
        domains=frozenset(domain_of(f"@{domain.lstrip('@')}") for domain in _split(one.domains)),
        link_by_email=one.link_by_email,
        trusts_email=one.trust_email,
        sync_profile=one.sync_profile,
        api_audience=one.api_audience,
        authorize_params=read_params(one.authorize_params),
        response_mode=one.response_mode,
        client_auth=one.client_auth,
        id_token_algorithms=_split(one.algorithms) or ALGORITHMS,
        preset=kind,
    )


def _preset(name: str, one: ProviderSettings) -> Preset:
    return PRESETS.get(one.preset or name, _OTHER)


def _read_secret(one: ProviderSettings) -> str:
    file = one.client_secret_file
    return file.read_text().strip() if file else one.client_secret.get_secret_value()


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
