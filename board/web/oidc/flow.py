"""A sign-in from the button to `Claims`: the browser goes to the provider, and comes back with a code.

Authorization code flow with PKCE (RFC 9700, section 2.1.1), the answer's issuer checked (RFC 9207).
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import current_app, g, request, session, url_for
from itsdangerous import BadSignature, URLSafeSerializer

from board.domain.errors import ProviderUnavailable, SignInRefused, Unauthenticated
from board.domain.messages import msg
from board.domain.provider import Claims, Provider
from board.domain.refusal import Reason
from board.oidc import pending
from board.oidc.client import Client
from board.oidc.id_token import check_id_token
from board.oidc.pending import Pending
from board.oidc.person import read_person
from board.service.provider_events import mark_state_used, note_failure
from board.web import context
from board.web.identity import require_fresh

PROMPTS = ("login", "consent", "select_account")
CODE_MAX = 4096
"""Characters in a code."""

NEXT_MAX = 500
"""Characters in the path to go to afterwards: a browser takes no cookie of more than 4096."""


def link_url(provider: Provider, return_to: str) -> str:
    """Return where the signed-in person begins to link an identity: a link for their own profile page.

    It holds a proof that only this session has; without it another site could link its owner's identity to
    the account of whoever comes by.
    """
    proof = _proofs().dumps(_proof_of(provider))
    return url_for("pages.start_sign_in", provider=provider.name, next=return_to, link=proof)


async def start(client: Client, return_to: str, asked: Mapping[str, str]) -> str:
    """Begin a sign-in; the address that the browser is sent to. Raises ProviderUnavailable and SignInRefused.

    `asked` may have `link` (of `link_url`), `prompt` and `max_age` (seconds).
    """
    provider = client.provider
    link_for = _check_link(provider, asked["link"]) if "link" in asked else None
    more: dict[str, Any] = dict(provider.authorize_params)
    if provider.response_mode:
        more["response_mode"] = provider.response_mode
    age = asked.get("max_age") or more.pop("max_age", "")
    begun = pending.begin(
        provider=provider.name,
        issuer=provider.issuer,
        redirect_uri=find_callback(provider),
        return_to=return_to if len(return_to) <= NEXT_MAX else url_for("pages.home"),
        link_for=link_for,
        max_age=int(age) if age.isdecimal() and len(age) < 9 else None,
    )
    choose = pending.wants_account_choice(session, provider.name)
    if asked.get("prompt") in PROMPTS:
        more["prompt"] = asked["prompt"]
    elif choose and (prompt := _prompt_for_choice(await client.load_server_metadata())):
        more["prompt"] = prompt
    if begun.max_age is not None:
        more["max_age"] = begun.max_age
    address = await client.authorize(begun, **more)
    pending.keep(session, begun)
    return address


def _prompt_for_choice(metadata: Mapping[str, Any]) -> str:
    """Return the `prompt` by which a provider asks which account; empty where it knows none."""
    known = metadata.get("prompt_values_supported")
    if not isinstance(known, list):
        return "select_account"
    return next((one for one in ("select_account", "login") if one in known), "")


def find_callback(provider: Provider) -> str:
    """Return the redirect URI, as it is to be registered at the provider."""
    root = context.settings().url or request.host_url.rstrip("/")
    return root + url_for("pages.finish_sign_in", provider=provider.name)


async def finish(client: Client) -> tuple[Claims, Pending]:
    """Return what the request at hand, a provider's answer, says of who signed in.

    Raises SignInRefused, ProviderUnavailable.

    A failure is in the security log as well, unless nothing was begun in this browser: anybody can ask for that.
    """
    begun = _pop_pending(client.provider)
    g.destination = begun.next
    if not await mark_state_used(context.store(), begun.state, timedelta(seconds=2 * pending.SECONDS)):
        raise SignInRefused(Reason.REPLAYED_STATE, client.provider.label, "the state was used before")
    try:
        await _check_origin(client, begun)
        tokens = await client.exchange(begun, _read_code(client.provider))
        return await _read_tokens(client, begun, tokens), begun
    except (SignInRefused, ProviderUnavailable) as failure:
        await note_failure(context.store(), client.provider, failure.code, address=request.remote_addr or "")
        raise


async def _read_tokens(client: Client, begun: Pending, tokens: dict[str, Any]) -> Claims:
    label = client.provider.label
    if str(tokens.get("token_type", "")).lower() != "bearer":
        raise SignInRefused(
            Reason.WRONG_TOKEN_TYPE,
            label,
            f"token_type is {tokens.get('token_type')!r}"[:200],  # not shown
        )
    id_token, access_token = tokens.get("id_token"), tokens.get("access_token")
    if not isinstance(id_token, str):
        raise SignInRefused(
            Reason.MISSING_ID_TOKEN,
            label,
            "the answer has no id_token; is openid among the scopes?",  # not shown
        )
    if access_token is not None and not isinstance(access_token, str):
        raise SignInRefused(Reason.WRONG_TOKEN_TYPE, label, "the access token is not text")
    signed = await client.verify(id_token)
    check_id_token(client.provider, signed, begun, access_token=access_token)
    return await read_person(client, tokens, signed.claims)


def _pop_pending(provider: Provider) -> Pending:
    """Return the sign-in that this answer is to. It is used up from here on, whatever the answer is."""
    state = _read_once(provider, "state")
    begun = pending.take(session, state) if state and state.isascii() else None
    if begun is None:
        cause = f"the state is unknown to this browser at {request.host}"  # not shown
        raise SignInRefused(Reason.WRONG_STATE, provider.label, cause)
    if begun.provider != provider.name or begun.issuer != provider.issuer:
        cause = f"the sign-in was begun with {begun.provider}"  # not shown
        raise SignInRefused(Reason.MIXED_UP, provider.label, cause)
    if begun.expired:
        cause = f"it was begun at {begun.begun_at}"  # not shown
        raise SignInRefused(Reason.EXPIRED_STATE, provider.label, cause)
    if begun.link_for is not None and (g.actor is None or g.actor.id != begun.link_for):
        raise SignInRefused(
            Reason.FOREIGN_LINK, provider.label, "another person is signed in than the one who began"
        )
    return begun


async def _check_origin(client: Client, begun: Pending) -> None:
    """Check whose answer this is (RFC 9207, section 2.4), then whether it is a no (RFC 6749, section 4.1.2.1)."""
    provider = client.provider
    issuer = _read_once(provider, "iss")
    if issuer and issuer != begun.issuer:
        raise SignInRefused(Reason.MIXED_UP, provider.label, f"iss is {issuer!r}"[:300])  # not shown
    metadata = await client.load_server_metadata()
    if not issuer and metadata.get("authorization_response_iss_parameter_supported") is True:
        raise SignInRefused(
            Reason.MISSING_ISSUER, provider.label, "the answer has no iss, and the metadata promises one"
        )
    if error := _read_once(provider, "error"):
        description = _line(_read_once(provider, "error_description"), 200)
        raise refuse_error(provider, _line(error, 60), description)


def refuse_error(provider: Provider, error: str, description: str) -> SignInRefused:
    """Return the refusal for a provider's no, with what it said in its own words."""
    cause = f"{error}: {description}" if description else error
    reason = Reason.of_error(error)
    return SignInRefused(reason, provider.label, cause, error=error, said=description)


def _read_code(provider: Provider) -> str:
    code = _read_once(provider, "code")
    if not 0 < len(code) <= CODE_MAX:
        raise SignInRefused(Reason.MALFORMED_ANSWER, provider.label, f"the code has {len(code)} characters")
    return code


def _read_once(provider: Provider, name: str) -> str:
    values = request.args.getlist(name)
    if len(values) > 1:
        raise SignInRefused(Reason.MALFORMED_ANSWER, provider.label, f"{name} is there {len(values)} times")
    return values[0] if values else ""


def _line(text: str, length: int) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text[:length]).strip()


def _check_link(provider: Provider, proof: str) -> str:
    if g.actor is None:
        raise Unauthenticated(msg("Sign in first, then link another way to sign in."))
    require_fresh()
    try:
        said = _proofs().loads(proof)
    except BadSignature:
        said = ""
    if not isinstance(said, str) or not secrets.compare_digest(said, _proof_of(provider)):
        raise SignInRefused(Reason.FOREIGN_LINK, provider.label, "the proof is not of this session")
    return str(g.actor.id)


def _proof_of(provider: Provider) -> str:
    return f"{provider.name} {context.actor().session_id} {context.actor().id}"


def _proofs() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="oidc link")
