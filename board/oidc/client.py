"""One provider as Authlib's async mixins talk to it, with what they don't check checked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import quote

import httpx2
from authlib.integrations.base_client import BaseApp, OAuthError
from authlib.integrations.base_client.async_app import AsyncOAuth2Mixin
from authlib.integrations.base_client.async_openid import AsyncOpenIDMixin
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oauth2.auth import encode_client_secret_basic

from board.domain.errors import ProviderUnavailable, SignInRefused
from board.domain.provider import Provider
from board.domain.refusal import Reason
from board.oidc.cached import Cached
from board.oidc.metadata import check_metadata, find_address
from board.oidc.pending import Pending
from board.oidc.signature import Signed, check_signature, read_header
from board.oidc.token_answers import check_answer
from board.oidc.transport import SECONDS, SharedTransport

KEYS_MAX = 100
"""Keys of one provider that are looked at."""


class Client(AsyncOAuth2Mixin, AsyncOpenIDMixin, BaseApp):  # type: ignore[misc]
    """A provider's metadata, keys and endpoints. Every method may raise ProviderUnavailable."""

    client_cls = AsyncOAuth2Client

    def __init__(self, provider: Provider, transport: SharedTransport | None) -> None:
        super().__init__(
            framework=None,
            name=provider.name,
            client_id=provider.client_id,
            client_secret=provider.client_secret,
            user_agent="board",
            compliance_fix=self._watch,
            client_auth_methods=[("client_secret_basic", _authenticate)],
            client_kwargs={
                "transport": transport,
                "timeout": SECONDS,
                "scope": " ".join(provider.scopes),
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": provider.client_auth,
            },
        )
        self.provider = provider
        self._metadata: Cached[dict[str, Any]] = Cached(self._fetch_metadata)
        self._keys: Cached[list[Any]] = Cached(self._fetch_keys)

    async def load_server_metadata(self) -> dict[str, Any]:
        """Return what the provider says of itself; an hour old at most while the provider is up."""
        return await self._metadata.get()

    async def fetch_jwk_set(self, force: bool = False) -> dict[str, list[Any]]:
        """Return the keys that the provider publishes; `force` asks for newer ones, at most once a minute."""
        return {"keys": await (self._keys.renew() if force else self._keys.get())}

    async def verify(self, token: str) -> Signed:
        """Return what a token of this provider says, when it is signed by one of its keys. Raises SignInRefused."""
        header = read_header(self.provider, token)
        keys = await self._keys.get()
        try:
            return check_signature(self.provider, token, header, keys=keys)
        except SignInRefused as refusal:
            if refusal.reason not in (Reason.UNKNOWN_KEY, Reason.BAD_SIGNATURE):
                raise
            newer = await self._keys.renew()  # a new key, perhaps under an old name
            if newer is keys:
                raise
            return check_signature(self.provider, token, header, keys=newer)

    async def authorize(self, pending: Pending, **more: Any) -> str:
        """Return the address that a browser is sent to for a sign-in; `more` are parameters like `prompt`."""
        made = await self.create_authorization_url(
            pending.redirect_uri,
            state=pending.state,
            nonce=pending.nonce,
            code_verifier=pending.verifier,
            **more,
        )
        return str(made["url"])

    async def exchange(self, pending: Pending, code: str) -> dict[str, Any]:
        """Return the tokens that the provider gives for a code. Raises SignInRefused."""
        async with self.provider_errors("its token endpoint"):
            try:
                tokens = await self.fetch_access_token(
                    pending.redirect_uri, code=code, code_verifier=pending.verifier
                )
            except (
                OAuthError,
                TypeError,
                AttributeError,
                KeyError,
            ) as error:  # Authlib takes an answer as it comes
                raise SignInRefused(
                    Reason.CODE_REFUSED, self.provider.label, f"its answer makes no sense: {error}"
                ) from error
        return dict(tokens)

    def _watch(self, session: Any) -> None:
        """See each answer of the token endpoint before Authlib does, which drops its status and type."""

        def look(answer: httpx2.Response) -> httpx2.Response:
            check_answer(self.provider, session.metadata.get("token_endpoint_auth_methods_supported"), answer)
            return answer

        session.register_compliance_hook("access_token_response", look)

    async def _fetch_metadata(self) -> dict[str, Any]:
        return check_metadata(self.provider, await self._fetch_json(find_address(self.provider.issuer)))

    async def _fetch_keys(self) -> list[Any]:
        address = (await self.load_server_metadata())["jwks_uri"]
        found = await self._fetch_json(address)
        keys = found.get("keys") if isinstance(found, dict) else None
        if not isinstance(keys, list):
            raise ProviderUnavailable(self.provider.label, f"{address} has no list of keys", "bad_keys")
        return keys[:KEYS_MAX]

    async def _fetch_json(self, address: str) -> Any:
        async with self.provider_errors(address), self._get_session() as http:
            answer = await http.request("GET", address, withhold_token=True)
            if answer.status_code != 200:
                where = f" to {answer.headers['Location'][:200]}" if answer.headers.get("Location") else ""
                raise ValueError(f"the answer is {answer.status_code}{where}")
            return answer.json()

    @asynccontextmanager
    async def provider_errors(self, what: str) -> AsyncIterator[None]:
        """Turn whatever goes wrong on the way to a provider into ProviderUnavailable with the cause."""
        try:
            async with asyncio.timeout(SECONDS):
                yield
        except TimeoutError as error:
            cause = f"{what} did not answer within {SECONDS:.0f} seconds"
            raise ProviderUnavailable(self.provider.label, cause) from error
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, RecursionError, OSError) as error:
            cause = f"{what}: {str(error)[:300] or type(error).__name__}"
            if "CERTIFICATE_VERIFY_FAILED" in cause:
                cause += " (for a certificate authority of your own set SSL_CERT_FILE)"
            raise ProviderUnavailable(self.provider.label, cause) from error


def _authenticate(client: Any, method: str, uri: str, headers: Any, body: Any) -> Any:
    """Authenticate as RFC 6749, section 2.3.1, has it: id and secret percent-encoded first."""
    encoded = _Credentials(quote(client.client_id, safe=""), quote(client.client_secret, safe=""))
    return encode_client_secret_basic(encoded, method, uri, headers=headers, body=body)


class _Credentials:
    def __init__(self, client_id: str, client_secret: str) -> None:
        self.client_id, self.client_secret = client_id, client_secret
