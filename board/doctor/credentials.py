"""Our id and secret at an identity provider: a code that nobody got is tried at its token endpoint.

A provider that knows us says that the code is wrong; another says that we are. Since providers don't agree on the
words, a secret that is wrong on purpose is tried too: only what is answered otherwise says anything about ours.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

import httpx2

from board.domain.diagnosis import Finding, bad, good, note
from board.domain.provider import Provider
from board.oidc.token_answers import Answer, Meaning, explain_methods, read_answer

WRONG = "it does not take our client id and secret"
OTHER_METHODS = {"client_secret_basic": "client_secret_post", "client_secret_post": "client_secret_basic"}


@dataclass(frozen=True, slots=True)
class CredentialCheck:
    """Whom is asked, with what redirect URI, and how the findings call it."""

    part: str
    prefix: str
    provider: Provider
    metadata: Mapping[str, Any]
    callback: str
    http: httpx2.AsyncClient


async def check_credentials(check: CredentialCheck) -> Finding:
    """Return whether the provider takes our id and secret; what is wrong when it doesn't."""
    part, provider = check.part, check.provider
    try:
        answer = await _try(check, provider)
        if answer.meaning is Meaning.BROKEN:
            return bad(part, f"its token endpoint is no use: {answer.text}", "see the provider's log")
        if answer.meaning is Meaning.UNKNOWN_CLIENT:
            return await _explain_refusal(check, answer)
        wrong = None if provider.client_auth == "none" else await _try(check, _with_wrong_secret(provider))
        return await _compare(check, answer, wrong)
    except httpx2.HTTPError as cause:
        endpoint = check.metadata["token_endpoint"]
        text = f"its token endpoint {endpoint} gave no answer to use: {cause or type(cause).__name__}"
        return bad(part, text, "see the provider's log")


async def _compare(check: CredentialCheck, answer: Answer, wrong: Answer | None) -> Finding:
    """`wrong` is what a wrong secret was answered, None where there is no secret."""
    part = check.part
    differs = wrong is None or wrong.meaning is not answer.meaning
    if answer.meaning is Meaning.CLIENT_NOT_ALLOWED:
        if other := await _find_other_method(check, answer):
            return other
        register = f"register {check.callback} and allow the authorization code flow for this client there"
        if differs:
            return bad(part, f"our client may not use the code flow or our address: {answer.text}", register)
        fix = f"{register}; if that is so, {_copy_hint(check)}"
        return bad(
            part, f"our id, our secret or our redirect URI is not what is registered: {answer.text}", fix
        )
    if not differs:
        text = f"whether it takes our client secret is not clear: a wrong one is answered the same, {answer.text}"
        return note(part, text, "sign in once to see it")
    if answer.meaning is Meaning.WRONG_CODE:
        return good(part, "it takes our client id and secret")
    if wrong is not None and wrong.meaning is Meaning.UNKNOWN_CLIENT:
        return good(part, f"it takes our client id and secret; it answered {answer.text}")
    return note(part, f"whether it takes our client id and secret is not clear: {answer.text}")


async def _explain_refusal(check: CredentialCheck, answer: Answer) -> Finding:
    methods = check.metadata.get("token_endpoint_auth_methods_supported")
    if other := await _find_other_method(check, answer):
        return other
    if hint := explain_methods(check.provider, methods):
        usable = [one for one in methods or () if one in (*OTHER_METHODS, "none")]
        setting = f"{check.prefix}CLIENT_AUTH"
        fix = f"set {setting}={usable[0]}" if usable else "let it take client_secret_basic for this client"
        return bad(check.part, f"{WRONG}: {answer.text}; {hint}", fix)
    return bad(check.part, WRONG, f"{_copy_hint(check)}; it answered {answer.text}")


async def _find_other_method(check: CredentialCheck, answer: Answer) -> Finding | None:
    """Return what to set where the provider takes the same secret sent otherwise than it was; None where it doesn't."""
    provider, setting = check.provider, f"{check.prefix}CLIENT_AUTH"
    text = f"{WRONG}: {answer.text}"
    other = OTHER_METHODS.get(provider.client_auth)
    if other and (await _try(check, replace(provider, client_auth=other))).meaning is Meaning.WRONG_CODE:
        return bad(check.part, f"{text}; sent by {other} it does", f"set {setting}={other}")
    changed = any(_encode(one) != one for one in (provider.client_id, provider.client_secret))
    if provider.client_auth != "client_secret_basic" or not changed:
        return None
    if (await _try(check, provider, encode=str)).meaning is not Meaning.WRONG_CODE:
        return None
    text += "; it does not decode them, which are sent percent-encoded (RFC 6749, section 2.3.1)"
    fix = "choose an id and a secret of letters, digits, - . and _ there, or let it take client_secret_post for this"
    return bad(check.part, text, f"{fix} client and set {setting}=client_secret_post")


def _copy_hint(check: CredentialCheck) -> str:
    prefix = check.prefix
    if check.provider.client_auth == "none":
        return f"copy {prefix}CLIENT_ID anew, or set {prefix}CLIENT_AUTH and a secret, which it may want"
    return f"copy {prefix}CLIENT_ID and {prefix}CLIENT_SECRET anew: one is wrong, or the secret has expired"


def _with_wrong_secret(provider: Provider) -> Provider:
    return replace(provider, client_secret=secrets.token_urlsafe(24))


def _encode(text: str) -> str:
    """As id and secret are written for basic authentication (RFC 6749, section 2.3.1)."""
    return quote(text, safe="")


async def _try(check: CredentialCheck, provider: Provider, encode: Callable[[str], str] = _encode) -> Answer:
    """Ask for tokens as this provider's settings say. Raises httpx2.HTTPError."""
    form = {
        "grant_type": "authorization_code",
        "code": secrets.token_urlsafe(16),
        "redirect_uri": check.callback,
        "code_verifier": secrets.token_urlsafe(48),
    }
    auth: httpx2.Auth = httpx2.Auth()
    if provider.client_auth == "client_secret_basic":
        auth = httpx2.BasicAuth(encode(provider.client_id), encode(provider.client_secret))
    else:
        form["client_id"] = provider.client_id
        if provider.client_auth == "client_secret_post":
            form["client_secret"] = provider.client_secret
    return read_answer(
        check.provider, await check.http.post(check.metadata["token_endpoint"], data=form, auth=auth)
    )
