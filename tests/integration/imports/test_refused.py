"""What is refused, how it is said, and that nothing stays behind."""

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from board.config.settings import Settings, read_settings
from board.service import imports
from tests.integration.conftest import Person
from tests.integration.imports.exports import follow, garden, left_behind, send, upload

WEKAN = {"_format": "wekan-board-1.0.0", "_id": "x", "title": "W", "lists": [], "cards": [], "swimlanes": []}
SENTENCES = {
    "empty": (b"", "empty"),
    "text": (b"Dear Sir or Madam", "isn't JSON"),
    "web page": (b"<!doctype html><title>Log in</title>", "web page"),
    "list": (b"[1, 2, 3]", "JSON list"),
    "cut": (json.dumps(garden()).encode()[:-40], "breaks off"),
    "zip": (b"PK\x03\x04rest", "zip archive"),
    "gzip": (gzip.compress(b"{}"), "gzip archive"),
    "wekan": (json.dumps(WEKAN).encode(), "WeKan"),
    "table": (b"Card ID,Card Name,Labels\n1,Dig,red\n", "CSV"),
    "other json": (b'{"name": "package", "version": "1"}', "no Trello board"),
    "nul": (b'{"id": "\x00"}', "UTF-8"),
    "deep": (b'{"id":' + b"[" * 3000 + b"]" * 3000 + b"}", "levels of nesting"),
}


@pytest.mark.parametrize("name", SENTENCES)
async def test_what_is_no_export_gets_one_sentence(anna: Person, settings: Settings, name: str) -> None:
    content, words = SENTENCES[name]
    run = await follow(anna, await upload(anna, content))
    assert run["status"] == "failed"
    assert words in run["error"]
    assert run["error"].endswith(".")
    assert "\n" not in run["error"]
    assert run["board_id"] is None
    assert (await anna.get("/boards"))["items"] == []
    assert await left_behind(settings.data / "imports") == []


async def test_a_fault_of_ours_is_admitted(anna: Person, settings: Settings, asgi: Any) -> None:
    def fall(*_args: object) -> None:
        raise RuntimeError("unforeseen")

    asgi.app.app.extensions["board"].imports.read_pieces = fall
    run = await follow(anna, await upload(anna, garden()))
    assert run["status"] == "failed"
    assert run["error"] == f"The import stopped on a fault of ours ({run['id']})."
    assert await left_behind(settings.data / "imports") == []


async def test_the_file_is_for_our_eyes_and_goes_afterwards(
    anna: Person, settings: Settings, asgi: Any
) -> None:
    jobs = asgi.app.app.extensions["board"].imports
    seen: list[int] = []
    read = jobs.read_pieces

    def look(origin: Path, *more: Any, **named: Any) -> Any:
        seen.append(origin.stat().st_mode & 0o777)
        return read(origin, *more, **named)

    jobs.read_pieces = look
    await follow(anna, await upload(anna, garden()))
    assert seen == [0o600]
    assert await left_behind(settings.data / "imports") == []


async def test_a_missing_file_is_named(anna: Person, settings: Settings) -> None:
    for body in ({"data": {"people": "a = a@example.org"}}, {"json": {}}, {"files": {"other": b"{}"}}):
        answer = await anna.http.post("/api/v1/imports", **body)
        assert answer.status_code == 422
        assert answer.json()["errors"] == [{"field": "file", "message": "Choose a file.", "code": "invalid"}]
    assert await left_behind(settings.data / "imports") == []


@pytest.mark.parametrize(
    "line", ["nobody", "ada = no address", "= ada@example.org", f"{'x' * 101} = a@example.org"]
)
async def test_a_wrong_line_is_named(anna: Person, settings: Settings, line: str) -> None:
    answer = await send(anna, garden(), f"ada = ada@example.org\n\n{line}\n")
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {
            "field": "people",
            "message": "Line 3: write it like jane = jane@example.org.",
            "code": "invalid",
        }
    ]
    assert await left_behind(settings.data / "imports") == []


async def test_a_long_line_of_blanks_costs_nothing(anna: Person) -> None:
    answer = await send(anna, garden(), "x" + " " * 500_000 + "x")
    assert answer.status_code == 422


async def test_too_many_lines_are_refused(anna: Person) -> None:
    answer = await send(anna, garden(), "\n".join(f"p{n} = p{n}@example.org" for n in range(501)))
    assert answer.status_code == 422
    assert "At most" in answer.text or "at most" in answer.text


async def test_strangers_are_refused(http: Any, settings: Settings) -> None:
    answer = await http.post("/api/v1/imports", files={"file": ("x.json", b"{}")})
    assert answer.status_code == 401
    assert answer.json()["title"] == "Not signed in"
    assert await left_behind(settings.data / "imports") == []


async def test_a_stranger_may_not_even_send_a_large_file(http: Any) -> None:
    files = {"file": ("x.json", io.BytesIO(b" " * 2_000_000))}
    for path, status in (("/import", 413), ("/api/v1/imports", 401)):
        assert (await http.post(path, files=files)).status_code == status


@pytest.mark.parametrize(
    ("scopes", "people", "status"),
    [
        (["read"], "", 403),
        (["read", "write"], "", 202),
        (["read", "write"], "ada = ada@example.org", 403),
        (["read", "write", "admin"], "ada = ada@example.org", 202),
    ],
)
async def test_a_token_reaches_as_far_as_its_scopes(
    anna: Person,
    open_client: Callable[..., Any],
    settings: Settings,
    scopes: list[str],
    people: str,
    status: int,
) -> None:
    token = await anna.post("/me/tokens", {"name": "t", "scopes": scopes, "expires_in_days": 1})
    client = open_client(headers={"Authorization": f"Bearer {token['token']}"})
    answer = await send(Person(client, anna.user), garden(), people)
    assert answer.status_code == status, answer.text
    if status == 202:
        assert (await follow(anna, answer.json()))["status"] == "done"
    else:
        assert "lacks the scope" in answer.json()["detail"]
    assert await left_behind(settings.data / "imports") == []


async def test_imports_of_others_are_not_there(anna: Person, ben: Person) -> None:
    run = await upload(anna, garden())
    assert (await ben.http.get(f"/api/v1/imports/{run['id']}")).status_code == 404
    assert (await ben.http.get(f"/import?job={run['id']}")).status_code == 404
    assert (await anna.http.get("/import?job=%00")).status_code == 404
    await follow(anna, run)


async def test_a_retry_is_answered_as_the_first(anna: Person, settings: Settings) -> None:
    key = {"Idempotency-Key": "0195c1a2-0000-7000-8000-000000000001"}
    first, second = [await send(anna, garden(), **key) for _ in range(2)]
    assert second.headers["Idempotency-Replayed"] == "true"
    assert second.json()["id"] == first.json()["id"]
    await follow(anna, first.json())
    assert await left_behind(settings.data / "imports") == []


async def test_one_person_may_not_fill_the_disk(
    anna: Person, ben: Person, asgi: Any, settings: Settings
) -> None:
    jobs = asgi.app.app.extensions["board"].imports
    async with jobs._one_at_a_time:
        runs = [await upload(anna, garden()) for _ in range(imports.UNFINISHED_MAX)]
        refused = await send(anna, garden())
        assert refused.status_code == 409
        assert "let one end first" in refused.json()["detail"]
        assert len(uploads(settings)) == imports.UNFINISHED_MAX
        runs_of_ben = await upload(ben, garden())
    for run in runs:
        assert (await follow(anna, run))["status"] == "done"
    await follow(ben, runs_of_ben)


class TestSmall:
    """A server that takes small files only."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return read_settings(
            _env_file=None, **settings.model_dump(exclude={"import_max_bytes"}), import_max_bytes=40_000
        )

    async def test_a_file_that_is_too_large_is_refused(self, anna: Person, settings: Settings) -> None:
        for size in (40_001, 1_200_000):
            answer = await send(anna, b" " * size)
            assert answer.status_code == 413
            assert answer.json()["detail"] == "A file may have at most 40,000 bytes."
        assert await left_behind(settings.data / "imports") == []

    async def test_a_body_without_a_length_is_measured(self, anna: Person) -> None:
        async def endless() -> Any:
            yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
            for _ in range(30):
                yield b"x" * 50_000

        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        answer = await anna.http.post("/api/v1/imports", content=endless(), headers=headers)
        assert answer.status_code == 413

    async def test_the_page_says_so_too(self, anna: Person) -> None:
        for size in (50_000, 1_200_000):
            files = {"file": ("x.json", io.BytesIO(b" " * size))}
            answer = await anna.http.post("/import", files=files)
            assert answer.status_code == 413
            assert "40,000 bytes" in answer.text


def uploads(settings: Settings) -> list[str]:
    """The names of the files that wait to be imported."""
    return [path.name for path in (settings.data / "imports").glob("*")]
