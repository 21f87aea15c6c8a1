"""What a provider says of itself (OpenID Connect Discovery 1.0), and how much of it is believed."""

from typing import Any
from urllib.parse import urlsplit

from board.domain.errors import ProviderUnavailable
from board.domain.network import is_loopback
from board.domain.provider import Provider

REQUIRED = ("authorization_endpoint", "token_endpoint", "jwks_uri")
OPTIONAL = ("userinfo_endpoint", "end_session_endpoint")
OTHERS = (
    "authorization_response_iss_parameter_supported",
    "backchannel_logout_supported",
    "backchannel_logout_session_supported",
    "token_endpoint_auth_methods_supported",
    "id_token_signing_alg_values_supported",
)


def find_address(issuer: str) -> str:
    """Return where a provider's metadata is (Discovery, section 4)."""
    return issuer.rstrip("/") + "/.well-known/openid-configuration"


def check_metadata(provider: Provider, found: Any) -> dict[str, Any]:
    """Return the part of the metadata that is used here; ProviderUnavailable when it can't be the provider's.

    Nothing else passes: Authlib makes options of its client of every name it gets, `verify` and `proxy` too.
    """
    if not isinstance(found, dict):
        raise ProviderUnavailable(provider.label, "its metadata is not a JSON object", "bad_metadata")
    _check_issuer(provider, found.get("issuer"))
    for name in REQUIRED:
        if not found.get(name):
            raise ProviderUnavailable(provider.label, f"its metadata has no {name}", "bad_metadata")
    for name in (*REQUIRED, *OPTIONAL):
        if found.get(name) is not None:
            _check_endpoint(provider, name, found[name])
    known = ("issuer", *REQUIRED, *OPTIONAL, *OTHERS)
    return {name: found[name] for name in known if found.get(name) is not None}


def _check_issuer(provider: Provider, issuer: Any) -> None:
    """Check the issuer: another's metadata would lead people's codes elsewhere."""
    if issuer == provider.issuer:
        return
    setting = f"BOARD_OIDC__{provider.name.upper()}__ISSUER"
    same = isinstance(issuer, str) and issuer.rstrip("/") == provider.issuer.rstrip("/")
    hint = "they differ only in the slash at the end" if same else "they must be the same, letter by letter"
    raise ProviderUnavailable(
        provider.label,
        f"it calls itself {str(issuer)[:200]!r}, and {setting} says {provider.issuer!r}: {hint}",
        "issuer_mismatch",
    )


def _check_endpoint(provider: Provider, name: str, address: Any) -> None:
    """https, or http on this machine for a provider on this machine."""
    try:
        parts = urlsplit(address if isinstance(address, str) else "")
        host = parts.hostname or ""
    except ValueError:
        parts, host = urlsplit(""), ""
    local = urlsplit(provider.issuer).scheme == "http" and is_loopback(host)
    if not host or parts.username or not (parts.scheme == "https" or (parts.scheme == "http" and local)):
        cause = f"its {name} is {str(address)[:200]!r}, which is not an https address"
        raise ProviderUnavailable(provider.label, cause, "insecure_endpoint")
