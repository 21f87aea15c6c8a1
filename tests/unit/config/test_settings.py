"""Settings are read once and refused with a sentence that an operator can act on."""

import stat
from pathlib import Path
from typing import Any

import pytest

from board.config.settings import ConfigurationError, Profile, Settings, Signup, read_settings

KEY = "k" * 32
POSTGRES = "postgresql://board:secret@db/board"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of this machine reaches a test, nor a developer's .env."""
    import os

    for name in list(os.environ):
        if name.startswith("BOARD_") or name in {
            "HOST",
            "PORT",
            "DATABASE_URL",
            "REDIS_URL",
            "SECRET_KEY",
            "SECRET_KEY_FILE",
        }:
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def read(monkeypatch: pytest.MonkeyPatch, **environment: str) -> Settings:
    """The settings of an environment."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return read_settings()


def test_without_any_setting_it_runs_on_one_machine() -> None:
    settings = read_settings()
    assert (settings.profile, settings.host, settings.port) == (Profile.PRODUCTION, "127.0.0.1", 8000)
    assert settings.embedded
    assert settings.database == "sqlite+aiosqlite:///var/board.db"
    assert settings.signup is Signup.OPEN


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "80000", "PORT: Input should be less than or equal to 65535"),
        ("PORT", "http", "PORT: Input should be a valid integer"),
        ("BOARD_PORT", "-1", "PORT: Input should be greater than or equal to 0"),
        ("DATABASE_URL", "mysql://db", "DATABASE_URL: write it like postgresql://"),
        ("DATABASE_URL", "board.db", "DATABASE_URL: write it like postgresql://"),
        ("REDIS_URL", "localhost:6379", "REDIS_URL: write it like redis://"),
        ("REDIS_URL", "redis://:hunter/2@localhost", "REDIS_URL: its port is not a number: write / # ?"),
        ("SECRET_KEY", "short", "SECRET_KEY has 5 characters and needs 32"),
        ("BOARD_URL", "board.example.org", "BOARD_URL: write the public address like https://"),
        ("BOARD_URL", "https://board.example.org/tasks", "BOARD_URL: write the public address"),
        ("BOARD_SIGNUP", "yes", "BOARD_SIGNUP: Input should be 'open', 'invite' or 'closed'"),
        ("BOARD_PROFILE", "live", "BOARD_PROFILE: Input should be 'development', 'testing' or 'production'"),
        ("BOARD_TRUSTED_PROXIES", "proxy", "BOARD_TRUSTED_PROXIES: "),
        ("BOARD_TRUSTED_PROXIES", "10.0.0.1/8", "BOARD_TRUSTED_PROXIES: "),
        ("BOARD_ALLOWED_ORIGINS", "*", "BOARD_ALLOWED_ORIGINS: '*' is not an origin"),
        ("BOARD_ALLOWED_ORIGINS", "https://a.example/x", "BOARD_ALLOWED_ORIGINS: 'https://a.example/x'"),
        ("BOARD_SESSION_DAYS", "0", "BOARD_SESSION_DAYS: Input should be greater than or equal to 1"),
        ("BOARD_LOG_LEVEL", "loud", "BOARD_LOG_LEVEL: "),
        ("BOARD_LOG_FORMAT", "xml", "BOARD_LOG_FORMAT: "),
        ("BOARD_POOL_SIZE", "0", "BOARD_POOL_SIZE: "),
        ("BOARD_ATTACHMENT_MAX_BYTES", "-1", "BOARD_ATTACHMENT_MAX_BYTES: "),
        ("REDIS_URL", "redis://localhost", "SECRET_KEY or SECRET_KEY_FILE must be set"),
        ("DATABASE_URL", POSTGRES, "SECRET_KEY or SECRET_KEY_FILE must be set"),
        ("DATABASE_URL", "postgres://db/board", "SECRET_KEY or SECRET_KEY_FILE must be set"),
    ],
)
def test_each_wrong_setting_has_its_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        read(monkeypatch, **{name: value})
    assert sentence in str(refusal.value)
    assert "hunter" not in str(refusal.value)


def test_all_wrong_settings_are_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        read(monkeypatch, PORT="x", BOARD_SIGNUP="x", BOARD_URL="x")
    assert [line.partition(":")[0] for line in str(refusal.value).splitlines()] == [
        "PORT",
        "BOARD_URL",
        "BOARD_SIGNUP",
    ]


def test_a_wrong_setting_is_refused_without_repeating_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        read(monkeypatch, SECRET_KEY="hunter2", DATABASE_URL="mysql://anna:swordfish@db")
    assert "hunter2" not in str(refusal.value)
    assert "swordfish" not in str(refusal.value)
    assert KEY not in repr(read_settings(secret_key=KEY, database_url=""))


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u:p@h/n", "postgresql+asyncpg://u:p@h/n"),
        ("postgresql://u:p@h:5433/n", "postgresql+asyncpg://u:p@h:5433/n"),
        ("postgresql+asyncpg://u:p@h/n", "postgresql+asyncpg://u:p@h/n"),
        ("sqlite:///a.db", "sqlite+aiosqlite:///a.db"),
        ("sqlite+aiosqlite:////a.db", "sqlite+aiosqlite:////a.db"),
    ],
)
def test_a_database_url_gets_its_driver(monkeypatch: pytest.MonkeyPatch, given: str, used: str) -> None:
    settings = read(monkeypatch, DATABASE_URL=given, SECRET_KEY=KEY)
    assert settings.database == used
    assert settings.embedded == given.startswith("sqlite")


def test_an_empty_setting_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch, DATABASE_URL="", REDIS_URL="", BOARD_URL="", BOARD_SIGNUP="")
    assert settings.embedded
    assert settings.signup is Signup.OPEN


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(
        monkeypatch,
        BOARD_TRUSTED_PROXIES="10.0.0.0/8, ::1,",
        BOARD_ALLOWED_ORIGINS="https://a.example, http://b.example:8080",
    )
    assert [str(network) for network in settings.trusted_proxies] == ["10.0.0.0/8", "::1/128"]
    assert settings.allowed_origins == ("https://a.example", "http://b.example:8080")


def test_a_file_beside_the_program_counts_less_than_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("PORT=9000\nBOARD_SIGNUP=closed\n")
    settings = read(monkeypatch, PORT="9001")
    assert (settings.port, settings.signup) == (9001, Signup.CLOSED)


def test_settings_are_frozen() -> None:
    settings: Any = read_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1


def test_an_address_over_tls_is_secure(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch, BOARD_URL="https://board.example.org/")
    assert (settings.url, settings.secure) == ("https://board.example.org", True)


def test_the_key_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert read(monkeypatch, SECRET_KEY=KEY).read_secret() == KEY
    assert not (tmp_path / "var").exists()


def test_the_key_comes_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n")
    settings = read(monkeypatch, SECRET_KEY_FILE=str(tmp_path / "key"), DATABASE_URL=POSTGRES)
    assert settings.read_secret() == KEY


def test_a_key_file_that_cannot_serve_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "key"
    settings = read(monkeypatch, SECRET_KEY_FILE=str(path))
    with pytest.raises(ConfigurationError, match=r"key can't be read: No such file"):
        settings.read_secret()
    path.write_text("short")
    with pytest.raises(ConfigurationError, match=r"holds 5 characters and needs 32"):
        settings.read_secret()


def test_two_keys_are_one_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match="SECRET_KEY and SECRET_KEY_FILE are both set"):
        read(monkeypatch, SECRET_KEY=KEY, SECRET_KEY_FILE="key")


def test_the_first_start_makes_a_key_that_only_its_owner_reads(tmp_path: Path) -> None:
    settings = read_settings(data=tmp_path / "data")
    key = settings.read_secret()
    path = tmp_path / "data" / "secret_key"
    assert len(key) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert settings.read_secret() == read_settings(data=tmp_path / "data").read_secret() == key
    assert read_settings(data=tmp_path / "other").read_secret() != key
    assert [one.name for one in path.parent.iterdir()] == ["secret_key"]


def test_an_interrupted_first_start_leaves_no_empty_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> str:
        raise KeyboardInterrupt

    settings = read_settings(data=tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("board.config.settings.secrets.token_hex", fail)
        with pytest.raises(KeyboardInterrupt):
            settings.read_secret()
    assert len(settings.read_secret()) == 64
