"""A whole Django project in one file, an OpenID provider by Django OAuth Toolkit: `python django_site.py SETTINGS`.

SETTINGS is JSON: `folder`, `port`, `client_id`, `client_secret`, `board` (its address), `name` (ours, in its settings).
Its pages are those of Django and of the toolkit; only the template of the sign-in form, which every project has
to write, is written here.
"""

import json
import sys
from typing import Any

import django
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path

GIVEN = json.loads(sys.argv[1])
LOGIN = '<form method="post">{% csrf_token %}{{ form }}<button>Log in</button></form>'


def make_key() -> str:
    """A key for RS256, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


settings.configure(
    SECRET_KEY="a key for tests only, which signs sessions and forms",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    STATIC_URL="/static/",
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": GIVEN["folder"] + "/django.db"}},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "oauth2_provider",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": ["django.contrib.auth.context_processors.auth"],
                "loaders": [
                    ("django.template.loaders.locmem.Loader", {"registration/login.html": LOGIN}),
                    "django.template.loaders.app_directories.Loader",
                ],
            },
        }
    ],
    OAUTH2_PROVIDER={
        "OIDC_ENABLED": True,
        "OIDC_RSA_PRIVATE_KEY": make_key(),
        "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
        "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Validator",
        "SCOPES": {"openid": "Know who you are", "email": "Your address", "profile": "Your name and groups"},
    },
)
django.setup()

from django.contrib.auth.models import Group, User  # noqa: E402  (models need the settings)
from oauth2_provider.models import get_application_model  # noqa: E402
from oauth2_provider.oauth2_validators import OAuth2Validator  # noqa: E402

urlpatterns = [
    path("accounts/", include("django.contrib.auth.urls")),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]


class Validator(OAuth2Validator):  # type: ignore[misc]
    """Says more of a person than `sub`, as the toolkit's guide shows it."""

    oidc_claim_scope = OAuth2Validator.oidc_claim_scope | {"groups": "profile"}

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        """Address, name and groups of who signs in."""
        person = request.user
        return {
            "email": person.email,
            "email_verified": True,
            "name": person.get_full_name(),
            "groups": list(person.groups.values_list("name", flat=True)),
        }


def fill() -> None:
    """Make the tables, two people, and the board as an application."""
    call_command("migrate", verbosity=0)
    for login, groups in (("ben", ["crew"]), ("eve", [])):
        made = User.objects.create_user(
            login,
            f"{login}@example.org",
            f"the password of {login}",
            first_name=login.title(),
            last_name="Berg",
        )
        made.groups.set([Group.objects.get_or_create(name=group)[0] for group in groups])
    get_application_model().objects.create(
        name="Board",
        client_id=GIVEN["client_id"],
        client_secret=GIVEN["client_secret"],
        client_type="confidential",
        authorization_grant_type="authorization-code",
        algorithm="RS256",
        redirect_uris=f"{GIVEN['board']}/auth/{GIVEN['name']}/callback",
        post_logout_redirect_uris=f"{GIVEN['board']}/sign-in",
    )


if __name__ == "__main__":
    sys.modules["django_site"] = sys.modules[__name__]
    fill()
    call_command("runserver", f"127.0.0.1:{GIVEN['port']}", use_reloader=False, skip_checks=True)
