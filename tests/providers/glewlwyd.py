"""Glewlwyd: set up by a file, its own schema for SQLite and its admin API, as its pages do it."""

import json
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx2
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests.fixtures.process import Process, accepts
from tests.providers.debian import find_tree, make_environment
from tests.providers.scenarios import CLIENT, Person, Registration
from tests.providers.visitor import Visitor

SCHEMA = "usr/share/dbconfig-common/data/glewlwyd/install/sqlite3"
ADMINISTRATOR = {"username": "admin", "password": "password"}
"""Whom its schema makes."""

CLAIMS = [
    {"name": "groups", "user-property": "groups", "type": "string", "mandatory": True},
    {
        "name": "email_verified",
        "user-property": "confirmed",
        "type": "boolean",
        "boolean-value-true": "yes",
        "boolean-value-false": "no",
        "mandatory": True,
    },
]
PLUGIN = {
    "jwt-type": "eddsa",
    "jwt-key-size": "256",
    "subject-type": "public",
    "access-token-duration": 3600,
    "refresh-token-duration": 1209600,
    "code-duration": 600,
    "auth-type-code-enabled": True,
    "auth-type-id-token-enabled": True,
    "allowed-scope": ["openid"],
    "pkce-allowed": True,
    "name-claim": "mandatory",
    "email-claim": "mandatory",
    "claims": CLAIMS,
    "session-management-allowed": True,
    "session-cookie-name": "GLEWLWYD2_OIDC_SID",
    "session-cookie-expiration": 2419200,
    "back-channel-logout-allowed": True,
}


class Glewlwyd:
    """One instance with a plugin `oidc`, whose keys are of Ed25519."""

    scopes = "openid"
    people = (
        Person("ben", "ben@example.org", "Ben Berg", "the password of ben", ("crew", "watch")),
        Person("eve", "eve@example.org", "Eve Berg", "the password of eve"),
    )

    def __init__(
        self,
        folder: Path,
        port: int,
        registration: Registration,
        methods: Sequence[str] = ("client_secret_basic", "client_secret_post"),
    ) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.issuer = f"{self.url}/api/oidc"
        settings = folder / "glewlwyd.conf"
        settings.write_text(_configure(folder, port))
        with sqlite3.connect(folder / "glewlwyd.db") as database:
            database.executescript((find_tree() / SCHEMA).read_text())
        database.close()
        command = [find_tree() / "usr/bin/glewlwyd", f"--config-file={settings}"]
        self._process = Process(command, folder / "provider.log", env=make_environment())
        self._process.wait_until(lambda: accepts(port))
        with httpx2.Client(base_url=f"{self.url}/api", timeout=30, trust_env=False) as api:
            self._fill(api, registration, methods)

    def _fill(self, api: httpx2.Client, registration: Registration, methods: Sequence[str]) -> None:
        _ask(api, "POST", "/auth/", ADMINISTRATOR)
        _add_properties(api, "user", groups=True, confirmed=False)
        _add_properties(api, "client", post_logout_redirect_uris=True)
        key = ed25519.Ed25519PrivateKey.generate()
        parameters = PLUGIN | {
            "iss": self.issuer,
            "key": key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
            "cert": key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
        }
        _ask(
            api,
            "POST",
            "/mod/plugin/",
            {
                "module": "oidc",
                "name": "oidc",
                "display_name": "OpenID",
                "order_rank": 0,
                "parameters": parameters,
            },
        )
        for person in self.people:
            account = {"username": person.login, "password": person.password, "name": person.name}
            account |= {"email": person.email, "confirmed": "yes"}
            _ask(api, "POST", "/user/", account | {"groups": person.groups, "scope": ["openid", "g_profile"]})
        client = {
            "client_id": CLIENT,
            "client_secret": registration.secret,
            "confidential": True,
            "token_endpoint_auth_method": methods,
            "authorization_type": ["code"],
            "redirect_uri": [registration.callback],
            "post_logout_redirect_uris": [registration.after_sign_out],
            "backchannel_logout_uri": registration.back_channel,
            "scope": [],
        }
        _ask(api, "POST", "/client/", client)

    def sign_in(self, visitor: Visitor, page: httpx2.Response, person: Person) -> httpx2.Response:
        """Do what its page does, which is a program: sign in, allow the board its scopes, and go on."""
        asked = page.request.url.params
        credentials = {"username": person.login, "password": person.password}
        _ask(visitor.http, "POST", f"{self.url}/api/auth/", credentials)
        grant = f"{self.url}/api/auth/grant/{asked['client_id']}"
        offered = _ask(visitor.http, "GET", f"{grant}/{asked['scope']}").json()["scope"]
        _ask(visitor.http, "PUT", grant, {"scope": " ".join(one["name"] for one in offered)})
        return visitor.go(f"{asked['callback_url']}&g_continue")

    def sign_out(self, visitor: Visitor, page: httpx2.Response) -> httpx2.Response:
        """Do what its page does: end the session of the plugin, then its own, and go back."""
        asked = page.request.url.params
        _ask(visitor.http, "DELETE", f"{self.url}/api/{asked['plugin']}/session/{asked['sid']}")
        _ask(visitor.http, "DELETE", f"{self.url}/api/auth/")
        return visitor.go(asked["callback_url"])

    def stop(self) -> None:
        """End it."""
        self._process.stop()


def _configure(folder: Path, port: int) -> str:
    library, pages = find_tree() / "usr/lib/glewlwyd", find_tree() / "usr/share/glewlwyd/webapp"
    return f"""
port = {port}
bind_address = "127.0.0.1"
external_url = "http://127.0.0.1:{port}"
login_url = "login.html"
api_prefix = "api"
static_files_path = "{pages}"
log_mode = "console"
log_level = "DEBUG"
cookie_secure = 0
session_key = "GLEWLWYD2_SESSION_ID"
admin_scope = "g_admin"
profile_scope = "g_profile"
user_module_path = "{library}/user"
user_middleware_module_path = "{library}/user_middleware"
client_module_path = "{library}/client"
user_auth_scheme_module_path = "{library}/scheme"
plugin_module_path = "{library}/plugin"
hash_algorithm = "SHA512"
database = {{ type = "sqlite3"; path = "{folder}/glewlwyd.db"; }};
"""


def _add_properties(api: httpx2.Client, kind: str, **properties: bool) -> None:
    """Let users or clients have more properties; each is there several times or not."""
    address = f"/mod/{kind}/database"
    module = _ask(api, "GET", address).json()
    module["parameters"]["data-format"] |= {
        name: {"multiple": several, "read": True, "write": True} for name, several in properties.items()
    }
    _ask(api, "PUT", address, module)
    _ask(api, "PUT", f"{address}/reset")


def _ask(http: httpx2.Client, method: str, address: str, body: Any = None) -> httpx2.Response:
    answer = http.request(method, address, json=body) if body is not None else http.request(method, address)
    assert answer.status_code == 200, (
        f"{method} {address}: {answer.status_code} {answer.text} {json.dumps(body)}"
    )
    return answer
