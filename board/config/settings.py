"""Settings: read once from the environment and `.env`, frozen, and refused at start with a clear message.

`BOARD_` is the prefix; PORT, HOST, DATABASE_URL, REDIS_URL and SECRET_KEY go by their conventional names.
"""

import contextlib
import os
import re
import secrets
import tempfile
from collections.abc import Iterable
from datetime import timedelta
from difflib import get_close_matches
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from limits import parse
from pydantic import (
    AliasChoices,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from board.config.providers import ProviderSettings, make_providers
from board.domain.provider import Provider
from board.mail.transports import SmtpServer
from board.security.private_files import make_folder
from board.service.ports import Retention

SECRET_MIN = 32
DEFAULT_PORT = 8000
HINT = "make one with: openssl rand -hex 32"


class ConfigurationError(Exception):
    """A setting is wrong; the message names each one, what is wrong with it, and what to write instead."""


class Profile(StrEnum):
    """What the program is run for."""

    DEVELOPMENT = "development"
    TESTING = "testing"
    PRODUCTION = "production"


class Signup(StrEnum):
    """Who may make an account."""

    OPEN = "open"
    INVITE = "invite"
    CLOSED = "closed"


def _alias(name: str) -> Any:
    """Return a setting that goes by a conventional name, with or without the prefix."""
    return AliasChoices(name, f"BOARD_{name}")


class Settings(BaseSettings):
    """Everything that can be set. The README says what each means to an operator."""

    model_config = SettingsConfigDict(
        env_prefix="BOARD_",
        env_file=".env",
        env_nested_delimiter="__",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    profile: Profile = Profile.PRODUCTION
    host: str = Field(default="127.0.0.1", validation_alias=_alias("HOST"))
    port: int = Field(default=DEFAULT_PORT, ge=0, le=65535, validation_alias=_alias("PORT"))
    url: str = ""
    data: Path = Path("var")
    database_url: str = Field(default="", validation_alias=_alias("DATABASE_URL"))
    redis_url: str = Field(default="", validation_alias=_alias("REDIS_URL"))
    secret_key: SecretStr = Field(default=SecretStr(""), validation_alias=_alias("SECRET_KEY"))
    secret_key_file: Path | None = Field(default=None, validation_alias=_alias("SECRET_KEY_FILE"))
    signup: Signup = Signup.OPEN
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = ()
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = ()
    session_days: int = Field(default=30, ge=1, le=365)
    session_hours: int = Field(default=12, ge=1, le=24 * 30)
    oidc: dict[str, ProviderSettings] = Field(default_factory=dict)
    sso_only: bool = False
    sso_redirect: str = ""
    access_minutes: int = Field(default=10, ge=1, le=60)
    grant_days: int = Field(default=30, ge=1, le=365)
    public_links: bool = True
    mail_url: SecretStr = SecretStr("")
    mail_from: str = ""
    verify_email: bool = False
    terms_url: str = ""
    terms_version: str = Field(default="", max_length=40)
    rate_sign_in: str = "10/15minutes"
    rate_register: str = "300/hour"
    rate_mail: str = "5/hour"
    rate_api: str = "30000/minute"
    rate_socket: str = "600/10seconds"
    sockets_per_person: int = Field(default=2000, ge=1)
    sockets_max: int = Field(default=20000, ge=1)
    audit_days: int = Field(default=365, ge=1, le=36500)
    attachment_max_bytes: int = Field(default=25 * 1024 * 1024, ge=0, le=2**31 - 1)
    import_max_bytes: int = Field(default=512 * 1024 * 1024, ge=1024)
    event_days: int = Field(default=0, ge=0, le=36500)
    events_kept: int = Field(default=1000, ge=1)
    log_format: str = Field(default="auto", pattern="^(auto|text|json)$")
    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$")
    pool_size: int = Field(default=10, ge=1, le=100)

    @field_validator("trusted_proxies", "allowed_origins", mode="before")
    @classmethod
    def split(cls, value: object) -> object:
        """Split a list at its commas."""
        return (
            tuple(part.strip() for part in value.split(",") if part.strip())
            if isinstance(value, str)
            else value
        )

    @field_validator("url")
    @classmethod
    def check_url(cls, value: str) -> str:
        """Require a scheme and a host, and no path."""
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/")):
            raise ValueError("write the public address like https://board.example.org, without a path")
        return value.rstrip("/")

    @field_validator("allowed_origins")
    @classmethod
    def check_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        """Require scheme://host[:port]; `*` would let any page act for a signed-in person."""
        for origin in value:
            if urlsplit(origin).scheme not in ("http", "https") or origin.count("/") != 2:
                raise ValueError(f"{origin!r} is not an origin; write it like https://board.example.org")
        return value

    @field_validator("database_url")
    @classmethod
    def name_driver(cls, value: str) -> str:
        """Accept the URLs that hosting services hand out, and name the async driver."""
        for prefix, driver in (
            ("postgres://", "postgresql+asyncpg://"),
            ("postgresql://", "postgresql+asyncpg://"),
            ("sqlite://", "sqlite+aiosqlite://"),
        ):
            if value.startswith(prefix):
                return driver + value.removeprefix(prefix)
        if value and not value.startswith(("postgresql+asyncpg://", "sqlite+aiosqlite://")):
            raise ValueError("write it like postgresql://user:password@host/name or sqlite:///path/to/file")
        return value

    @field_validator("redis_url")
    @classmethod
    def check_redis(cls, value: str) -> str:
        """Redis by its own scheme, TLS or a socket file."""
        if value and not value.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("write it like redis://:password@host:6379/0")
        try:
            urlsplit(value).port  # noqa: B018 - reading it is the check
        except ValueError:  # which would quote the password
            raise ValueError("its port is not a number: write / # ? in a password as %2F %23 %3F") from None
        return value

    @field_validator("rate_sign_in", "rate_register", "rate_mail", "rate_api", "rate_socket")
    @classmethod
    def check_rate(cls, value: str) -> str:
        """Require a limit of requests; `off` is none."""
        if value in ("", "off"):
            return ""
        try:
            item = parse(value)
        except ValueError as error:
            raise ValueError(
                f"{value!r} is not a limit; write it like 10/minute or 100/15minutes, or off"
            ) from error
        if item.amount < 1 or ";" in value or "," in value:
            raise ValueError(f"{value!r} is not a limit; give one, with at least one request, or off")
        return value

    @field_validator("mail_url")
    @classmethod
    def check_mail(cls, value: SecretStr) -> SecretStr:
        """Require an SMTP server."""
        if value.get_secret_value():
            SmtpServer.of(value.get_secret_value())
        return value

    @model_validator(mode="after")
    def check_mail_from(self) -> Self:
        """Mail has a sender, and who must confirm an address has to get the mail that asks."""
        if self.mail_url.get_secret_value() and "@" not in self.mail_from:
            raise ValueError("BOARD_MAIL_FROM must be set with BOARD_MAIL_URL, like board@example.org")
        if any(sign in self.mail_from for sign in "\r\n"):
            raise ValueError("BOARD_MAIL_FROM must be one line")
        if self.mail_url.get_secret_value() and not self.embedded and not self.url:
            raise ValueError("BOARD_URL must be set with BOARD_MAIL_URL: links in mail lead there")
        if self.verify_email and not self.mail_url.get_secret_value() and not self.embedded:
            raise ValueError("BOARD_VERIFY_EMAIL needs BOARD_MAIL_URL: the mail that asks has to leave")
        return self

    @field_validator("terms_url")
    @classmethod
    def check_terms_url(cls, value: str) -> str:
        """Require a page that a browser opens."""
        if value and urlsplit(value).scheme not in ("http", "https") and not re.match(r"/(?![/\\])", value):
            raise ValueError("write the address of the terms like https://example.org/terms")
        return value

    @model_validator(mode="after")
    def check_terms(self) -> Self:
        """Terms that can't be read, or that have no version, can't be accepted."""
        if bool(self.terms_url) != bool(self.terms_version):
            raise ValueError("BOARD_TERMS_URL and BOARD_TERMS_VERSION go together: set both, or neither")
        return self

    @model_validator(mode="after")
    def check_secret(self) -> Self:
        """Refuse a weak key, which lets anyone forge sessions."""
        key = self.secret_key.get_secret_value()
        if key and self.secret_key_file:
            raise ValueError("SECRET_KEY and SECRET_KEY_FILE are both set; keep one")
        if key and len(key) < SECRET_MIN:
            raise ValueError(f"SECRET_KEY has {len(key)} characters and needs {SECRET_MIN}; {HINT}")
        if not key and not self.secret_key_file and not self.embedded:
            raise ValueError(f"SECRET_KEY or SECRET_KEY_FILE must be set, the same for every process; {HINT}")
        return self

    @model_validator(mode="after")
    def check_providers(self) -> Self:
        """Make every provider, and check what is said of all of them."""
        names = [provider.name for provider in make_providers(self.oidc)]
        if self.sso_redirect and self.sso_redirect not in names:
            there = (
                f"there are {', '.join(names)}" if names else "there is none; set BOARD_OIDC__<NAME>__ISSUER"
            )
            raise ValueError(f"BOARD_SSO_REDIRECT: there is no provider {self.sso_redirect!r}; {there}")
        if self.sso_only and not names:
            raise ValueError(
                "BOARD_SSO_ONLY: nobody could sign in: no provider is set (BOARD_OIDC__<NAME>__ISSUER)"
            )
        return self

    @property
    def providers(self) -> tuple[Provider, ...]:
        """The identity providers that people sign in with."""
        return make_providers(self.oidc)

    @property
    def embedded(self) -> bool:
        """One process with SQLite and no Redis: it may make its own key and migrate itself."""
        return not self.redis_url and not self.database_url.startswith("postgresql")

    @property
    def database(self) -> str:
        """The database URL with its async driver; the SQLite file in the data folder by default."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data / 'board.db'}"

    @property
    def retention(self) -> Retention:
        """How long things are kept."""
        events = timedelta(days=self.event_days) if self.event_days else None
        month = timedelta(days=30)
        audit = timedelta(days=self.audit_days)
        return Retention(events, self.events_kept, receipts=month, files=month, audit=audit)

    @property
    def socket_events(self) -> int:
        """How many events a person's sockets may send in the time of `rate_socket`; 0 is no limit."""
        return parse(self.rate_socket).amount if self.rate_socket else 0

    @property
    def site(self) -> str:
        """The address that links in mail begin with: never taken from a request, whose Host anyone can forge."""
        return self.url or f"http://{self.host}:{self.port}"

    @property
    def cookie(self) -> str:
        """The session cookie's name. Cookies don't tell ports apart, so an instance at a port of its own has its own.

        Behind a proxy that has a name of its own, or at the usual port, it is the same as ever. The port that is
        listened at says nothing where several processes share one address.
        """
        port = urlsplit(self.url).port if self.url else self.port if self.embedded else None
        own = f"-{port}" if port not in (None, 0, 80, 443, DEFAULT_PORT) else ""
        return f"{'__Host-' if self.secure else ''}board{own}"

    @property
    def sends_mail(self) -> bool:
        """Whether mail leaves at all: without a mail server it goes to the log, or nowhere."""
        return bool(self.mail_url.get_secret_value())

    @property
    def secure(self) -> bool:
        """Whether people reach the server over TLS."""
        return self.url.startswith("https://")

    def read_secret(self) -> str:
        """Return the key that signs sessions.

        From the environment, from a file, or made at the first start (mode 0600).
        """
        if key := self.secret_key.get_secret_value():
            return key
        path = self.secret_key_file or self.data / "secret_key"
        try:
            if self.secret_key_file is None and not path.exists():
                _make_secret(path)
            key = path.read_text().strip()
        except OSError as error:
            if self.secret_key_file is None:
                reason = f"{error.filename or path}: {error.strerror}"
                raise ConfigurationError(
                    f"BOARD_DATA: the folder {self.data} can't be used: {reason}"
                ) from error
            raise ConfigurationError(f"SECRET_KEY_FILE: {path} can't be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise ConfigurationError(f"SECRET_KEY_FILE: {path} holds no text; {HINT}") from error
        if len(key) < SECRET_MIN:
            raise ConfigurationError(
                f"SECRET_KEY_FILE: {path} holds {len(key)} characters and needs {SECRET_MIN}"
            )
        return key


def read_settings(**overrides: Any) -> Settings:
    """Return the settings of this process; ConfigurationError lists every wrong one in words an operator can act on."""
    try:
        return Settings(**overrides)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise ConfigurationError(f"the file .env can't be read: {reason}") from error
    except ValidationError as error:
        lines = [_sentence(dict(one)) for one in error.errors(include_url=False)]
        raise ConfigurationError("\n".join(lines)) from None


def find_misspelt(environment: Iterable[str]) -> list[str]:
    """Return a sentence for each variable that looks like a setting and is none.

    Not refused: others use the prefix, too.
    """
    known = sorted({f"BOARD_{name.upper()}" for name in Settings.model_fields})
    unknown = [
        name
        for name in map(str.upper, environment)
        if name.startswith("BOARD_") and name not in known and not name.startswith("BOARD_OIDC__")
    ]
    return [
        f"{name} is not a setting"
        + "".join(f"; did you mean {near}?" for near in get_close_matches(name, known, n=1, cutoff=0.8))
        for name in sorted(unknown)
    ]


def list_names() -> list[str]:
    """Return the names of everything that is set: in the environment and in `.env`."""
    file = Path(str(Settings.model_config["env_file"]))
    return [*os.environ, *(dotenv_values(file) if file.is_file() else ())]


def read_log_format() -> str:
    """Return what `BOARD_LOG_FORMAT` says, before it is known whether the settings will do.

    Their faults are logged, too.
    """
    said: dict[str, str | None] = dict(os.environ)
    with contextlib.suppress(OSError, UnicodeError):
        said = {**dotenv_values(str(Settings.model_config["env_file"])), **said}
    return next((value or "" for name, value in said.items() if name.upper() == "BOARD_LOG_FORMAT"), "auto")


def _sentence(error: dict[str, Any]) -> str:
    where = error["loc"] if error["loc"][:1] == ("oidc",) else error["loc"][:1]
    name = "__".join(str(part) for part in where).upper()
    conventional = {"HOST", "PORT", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SECRET_KEY_FILE"}
    shown = name if not name or name in conventional or name.startswith("BOARD_") else f"BOARD_{name}"
    message = _WORDS.get(error["type"]) or str(error["msg"]).removeprefix("Value error, ")
    return f"{shown}: {message}" if shown else message


_WORDS = {"missing": "must be set", "extra_forbidden": "there is no such setting"}


def _make_secret(path: Path) -> None:
    """Whole or not at all: of two processes that start at once, both use the key of the first."""
    make_folder(path.parent, parents=True)
    key = secrets.token_hex(32)
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, prefix=".secret_key"
    ) as file:  # made with mode 0600
        file.write(key)
        file.flush()
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(file.name)
