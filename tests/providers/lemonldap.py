"""LemonLDAP::NG: its portal by Plack, set up by files, with the people of its demonstration."""

import json
from pathlib import Path

import httpx2
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests.fixtures.process import Process, accepts
from tests.providers.debian import find_tree, make_environment
from tests.providers.scenarios import CLIENT, Person, Registration
from tests.providers.visitor import Visitor

PORTAL = "use Lemonldap::NG::Portal::Main; Lemonldap::NG::Portal::Main->run({});"
INI = """
[all]
logLevel = info
[configuration]
type = File
dirName = {folder}/conf
[portal]
templateDir = {tree}/usr/share/lemonldap-ng/portal/templates
staticPrefix = /static
languages = en
"""


class LemonLdap:
    """One portal, whose password for each person is their name."""

    scopes = "openid email profile groups"
    people = (
        Person("dwho", "dwho@badwolf.org", "Doctor Who", "dwho", ("timelords", "users")),
        Person("rtyler", "rtyler@badwolf.org", "Rose Tyler", "rtyler", ("earthlings", "users")),
    )

    def __init__(self, folder: Path, port: int, registration: Registration) -> None:
        self.issuer = f"http://127.0.0.1:{port}"
        tree = find_tree()
        for name in ("conf", "cache", "sessions/lock", "persistent/lock"):
            (folder / name).mkdir(parents=True)
        settings = _configure(folder, self.issuer) | _make_keys() | _register(registration)
        (folder / "conf" / "lmConf-1.json").write_text(json.dumps(settings))
        (folder / "lemonldap-ng.ini").write_text(INI.format(folder=folder, tree=tree))
        (folder / "portal.psgi").write_text(PORTAL)
        modules = [tree / "usr/share/perl5", *sorted(tree.glob("usr/lib/*/perl5/*"))]
        environment = make_environment(
            PERL5LIB=":".join(str(path) for path in modules),
            LLNG_DEFAULTCONFFILE=str(folder / "lemonldap-ng.ini"),
        )
        command = ["/usr/bin/perl", tree / "usr/bin/plackup", "--env", "deployment", "--host", "127.0.0.1"]
        command += ["--port", str(port), folder / "portal.psgi"]
        self._process = Process(command, folder / "provider.log", env=environment)
        self._process.wait_until(lambda: accepts(port))

    def sign_in(self, visitor: Visitor, page: httpx2.Response, person: Person) -> httpx2.Response:
        """Its form; it asks nothing, since the client bypasses the consent."""
        return visitor.send(page, "token", user=person.login, password=person.password)

    def sign_out(self, visitor: Visitor, page: httpx2.Response) -> httpx2.Response:
        """Its question."""
        return visitor.send(page, "confirm")

    def stop(self) -> None:
        """End it."""
        self._process.stop()


def _configure(folder: Path, url: str) -> dict[str, object]:
    def store(name: str) -> dict[str, str]:
        return {
            "Directory": f"{folder}/{name}",
            "LockDirectory": f"{folder}/{name}/lock",
            "generateModule": "Lemonldap::NG::Common::Apache::Session::Generate::SHA256",
        }

    return {
        "cfgNum": 1,
        "cfgAuthor": "tests",
        "cfgDate": "1",
        "cfgVersion": "2.16.1",
        "key": "a key for tests only",
        "domain": "127.0.0.1",
        "portal": f"{url}/",
        "securedCookie": 0,
        "authentication": "Demo",
        "userDB": "Same",
        "passwordDB": "Null",
        # The module of captchas is loaded even where no form has one, and wants ImageMagick: this one does nothing.
        "captcha": "::Plugins::PublicPages",
        "captcha_mail_enabled": 0,
        "captcha_register_enabled": 0,
        "portalDisplayResetPassword": 0,
        "portalDisplayRegister": 0,
        "demoExportedVars": {"cn": "cn", "mail": "mail", "uid": "uid"},
        "exportedVars": {},
        "locationRules": {},
        "macros": {},
        "whatToTrace": "uid",
        "globalStorage": "Apache::Session::File",
        "globalStorageOptions": store("sessions"),
        "persistentStorage": "Apache::Session::File",
        "persistentStorageOptions": store("persistent"),
        "localSessionStorage": "Cache::FileCache",
        "localSessionStorageOptions": {"cache_root": f"{folder}/cache", "namespace": "sessions"},
        "issuerDBOpenIDConnectActivation": 1,
        "oidcServiceMetaDataIssuer": url,
    }


def _make_keys() -> dict[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    return {
        "oidcServicePrivateKeySig": private.decode(),
        "oidcServicePublicKeySig": public.decode(),
        "oidcServiceKeyIdSig": "tests",
    }


def _register(registration: Registration) -> dict[str, object]:
    options = {
        "ClientID": CLIENT,
        "ClientSecret": registration.secret,
        "DisplayName": "Board",
        "IDTokenSignAlg": "RS256",
        "RequirePKCE": 1,
        "BypassConsent": 1,  # after a consent, 2.16 leads back to its own page from signing out
        "RedirectUris": registration.callback,
        "PostLogoutRedirectUris": registration.after_sign_out,
    }
    return {
        "oidcRPMetaDataOptions": {
            CLIENT: {f"oidcRPMetaDataOptions{name}": value for name, value in options.items()}
        },
        "oidcRPMetaDataOptionsExtraClaims": {CLIENT: {"groups": "groups"}},
        "oidcRPMetaDataExportedVars": {
            CLIENT: {"email": "mail", "name": "cn", "groups": "groups;string;always"}
        },
    }
