"""An OpenID provider on loopback that is honest until a test tells it otherwise."""

import base64
import hashlib
import json
import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from functools import cache
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from aiohttp import web
from joserfc import jws
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

CLIENT, SECRET = "board id", "a secret: with % and +"
SUBJECT = "1001"
Claims = dict[str, Any]
Sign = Callable[[dict[str, Any], Claims], str]


class _Registry(jws.JWSRegistry):
    """Every algorithm, without a word about which are new and which old."""

    def get_alg(self, name: str) -> Any:
        return self.algorithms[name]


@cache
def make_key(kid: str, kind: str = "RSA") -> Key:
    """A key pair, on a curve where `kind` names one; the same one for the same name, since making them takes long."""
    if kind == "RSA":
        return RSAKey.generate_key(2048, {"kid": kid})
    if kind.startswith("Ed"):
        return OKPKey.generate_key(kind, {"kid": kid})
    return ECKey.generate_key("P-256" if kind == "EC" else kind, {"kid": kid})


class Provider:
    """What it says is what an honest one would, with what a test puts into these.

    `claims` over those of its tokens (None takes one away), `header` over that of the id_token, `tokens` over the
    token answer, `metadata` over its metadata, `answer` over the parameters of the callback; `sign` instead of its
    own signing; `userinfo` for its endpoint. `seen` counts requests by path, `down` hangs up on all of them;
    `instead` answers where the metadata should be, `answers` at the other paths: from the form and the
    Authorization header of a request.
    """

    def __init__(self) -> None:
        self.issuer = ""
        self.key = make_key("first")
        self.published: list[dict[str, Any]] = [self.key.as_dict(private=False)]
        self.claims: Claims = {}
        self.header: dict[str, Any] = {}
        self.tokens: dict[str, Any] = {}
        self.metadata: dict[str, Any] = {}
        self.answer: dict[str, Any] = {}
        self.userinfo: dict[str, Any] = {}
        self.sign: Sign = self.sign_honestly
        self.seen: Counter[str] = Counter()
        self.down = False
        self.instead: Callable[[], Awaitable[web.StreamResponse]] | None = None
        self.answers: dict[str, Callable[[dict[str, Any], str], web.StreamResponse]] = {}
        self.asked: dict[str, str] = {}
        self._codes: dict[str, dict[str, str]] = {}
        self._stack = AsyncExitStack()

    async def start(self) -> None:
        """Listen on a free port of the loopback interface."""
        app = web.Application(middlewares=[self._count])
        app.add_routes(
            [
                web.get("/.well-known/openid-configuration", self._metadata),
                web.get("/keys", self._keys),
                web.post("/token", self._token),
                web.get("/userinfo", self._userinfo),
            ]
        )
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        self._stack.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.issuer = f"http://127.0.0.1:{runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close the port."""
        await self._stack.aclose()

    def approve(self, location: str) -> str:
        """The person says yes: the address of the callback, as the browser would be sent to it."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}
        self.asked = asked
        code = secrets.token_urlsafe(12)
        self._codes[code] = asked
        answer = {"code": code, "state": asked["state"], "iss": self.issuer, **self.answer}
        return f"{asked['redirect_uri']}?{urlencode({k: v for k, v in answer.items() if v is not None}, doseq=True)}"

    def make_claims(self, **more: Any) -> Claims:
        """The claims of an honest token, with the test's over them."""
        at = int(time.time())
        honest = {"iss": self.issuer, "aud": CLIENT, "sub": SUBJECT, "iat": at, "exp": at + 300}
        return {name: value for name, value in (honest | more | self.claims).items() if value is not None}

    def sign_honestly(self, header: dict[str, Any], claims: Claims) -> str:
        """A JWT by the key of today."""
        kind = header.get("alg") or ("RS256" if isinstance(self.key, RSAKey) else "ES256")
        whole = {"alg": kind, "kid": self.key.kid, "typ": "JWT"} | header
        present = {name: value for name, value in whole.items() if value is not None}
        return jws.serialize_compact(present, json.dumps(claims), self.key, registry=_Registry())

    @web.middleware
    async def _count(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.seen[request.path] += 1
        if self.down and request.transport:
            request.transport.close()
        if request.path in self.answers:
            form = dict(await request.post())
            return self.answers[request.path](form, request.headers.get("Authorization", ""))
        answer: web.StreamResponse = await handler(request)
        return answer

    async def _metadata(self, _request: web.Request) -> web.StreamResponse:
        if self.instead is not None:
            return await self.instead()
        honest = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "end_session_endpoint": f"{self.issuer}/end",
            "authorization_response_iss_parameter_supported": True,
        }
        found = honest | self.metadata
        return web.json_response({name: value for name, value in found.items() if value is not None})

    async def _keys(self, _request: web.Request) -> web.Response:
        return web.json_response({"keys": self.published})

    async def _token(self, request: web.Request) -> web.Response:
        form = dict(await request.post())
        kind, _, encoded = request.headers.get("Authorization", "").partition(" ")
        given = base64.b64decode(encoded).decode() if kind == "Basic" else ""
        if given.split(":")[:2] != [quote(CLIENT, safe=""), quote(SECRET, safe="")]:
            return web.json_response({"error": "invalid_client"}, status=401)
        assert unquote(given.split(":")[1]) == SECRET
        asked = self._codes.pop(str(form.get("code")), None)
        hashed = hashlib.sha256(str(form.get("code_verifier")).encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        if asked is None or (asked["code_challenge"], asked["redirect_uri"]) != (
            challenge,
            form["redirect_uri"],
        ):
            return web.json_response({"error": "invalid_grant", "error_description": "used"}, status=400)
        who = {"email": "carla@example.org", "email_verified": True, "name": "Carla", "groups": ["staff"]}
        claims = self.make_claims(nonce=asked["nonce"], **who)
        answer = {
            "token_type": "Bearer",
            "access_token": "access",
            "id_token": self.sign(self.header, claims),
        } | self.tokens
        return web.json_response({name: value for name, value in answer.items() if value is not None})

    async def _userinfo(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == "Bearer access"
        return web.json_response({"sub": SUBJECT} | self.userinfo)
