"""Uploaded files: what is kept on the disk, for how long, and how their bytes are given out again."""

import stat
from pathlib import Path
from typing import Any

import httpx2
import pytest

from board.config import Settings
from tests.integration.conftest import Person, register
from tests.integration.details.conftest import Place, lay_out

MOST = 100_000
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Files may have `MOST` bytes."""
    return settings.model_copy(update={"attachment_max_bytes": MOST})


@pytest.fixture
def kept(settings: Settings) -> Any:
    """The files on the disk, by path below the folder of attachments."""
    folder = settings.data / "attachments"

    def look() -> dict[str, bytes]:
        found = [path for path in folder.rglob("*") if path.is_file()]
        return {str(path.relative_to(folder)): path.read_bytes() for path in found}

    return look


def path_of(settings: Settings, attachment: dict[str, Any]) -> Path:
    """Where the bytes of a file lie."""
    return settings.data / "attachments" / attachment["board_id"] / attachment["id"]


async def upload(place: Place, name: str, content: bytes, **headers: str) -> Any:
    """The answer to an upload."""
    path = f"/api/v1{place.task_path}/attachments"
    headers = {key.replace("_", "-"): value for key, value in headers.items()}
    return await place.owner.http.post(path, files={"file": (name, content)}, headers=headers)


async def attach(place: Place, name: str, content: bytes) -> Any:
    """A file that was taken."""
    answer = await upload(place, name, content)
    assert answer.status_code == 201, answer.text
    await place.follower.catch_up()
    return answer.json()


async def test_upload_and_download(place: Place, kept: Any) -> None:
    content = bytes(range(256)) * 300
    answer = await upload(place, "seeds.bin", content)
    made = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Location"] == made["url"] == f"/api/v1/attachments/{made['id']}/content"
    assert (made["name"], made["kind"], made["size"]) == ("seeds.bin", "file", len(content))
    assert made["media_type"] == "application/octet-stream"
    assert kept() == {f"{place.board['id']}/{made['id']}": content}

    event = await place.follower.next()
    assert answer.headers["Board-Seq"] == str(event["seq"])
    assert event["type"] == "attachment.added"
    assert event["changes"] == [
        {"kind": "attachment", "id": made["id"], "set": made},
        {"kind": "task", "id": place.task["id"], "set": {"attachment_count": 1}},
    ]
    download = await place.owner.http.get(made["url"])
    assert download.content == content
    assert download.headers["Content-Length"] == str(len(content))
    assert download.headers["Content-Disposition"] == "attachment; filename*=UTF-8''seeds.bin"


@pytest.mark.parametrize(
    ("name", "content", "media_type", "shown"),
    [
        ("page.html", b"<script>alert(1)</script>", "text/plain", "attachment"),
        ("drawing.svg", b"<svg onload='alert(1)'/>", "text/plain", "attachment"),
        ("looks.png", b"<html><script>", "text/plain", "attachment"),
        ("photo.html", PNG, "image/png", "inline"),
        ("photo.jpg", b"\xff\xd8\xff\xe0abc", "image/jpeg", "inline"),
        ("paper.pdf", b"%PDF-1.7 ...", "application/pdf", "attachment"),
        ("empty", b"", "text/plain", "attachment"),
    ],
)
async def test_what_is_uploaded_can_not_run(
    place: Place, name: str, content: bytes, media_type: str, shown: str
) -> None:
    made = await attach(place, name, content)
    assert made["media_type"] == media_type
    answer = await place.owner.http.get(made["url"])
    assert answer.content == content
    assert answer.headers["Content-Type"].split(";")[0] == media_type
    assert answer.headers["Content-Disposition"].split(";")[0] == shown
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\anna\\seeds.txt", "seeds.txt"),
        ("Beete \u00fcber\u2764.txt", "Beete \u00fcber\u2764.txt"),
        ("seeds\u202etxt.exe", "seedstxt.exe"),
        ("..", ".."),
        ("folder/", "file"),
        ("x" * 600, "x" * 500),
    ],
)
async def test_a_name_is_only_a_name(place: Place, kept: Any, sent: str, name: str) -> None:
    made = await attach(place, sent, b"1")
    assert made["name"] == name
    assert list(kept()) == [f"{place.board['id']}/{made['id']}"]
    answer = await place.owner.http.get(made["url"])
    assert "\n" not in answer.headers["Content-Disposition"]


async def test_an_unchanged_file_is_not_sent_again(place: Place) -> None:
    made = await attach(place, "a.txt", b"abc")
    first = await place.owner.http.get(made["url"])
    again = await place.owner.http.get(made["url"], headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = await place.owner.http.head(made["url"])
    assert (head.status_code, head.headers["Content-Length"]) == (200, "3")


async def test_only_members_get_the_bytes(place: Place, ben: Person, http: Any) -> None:
    made = await attach(place, "a.txt", b"abc")
    assert (await http.get(made["url"])).status_code == 401
    assert (await ben.http.get(made["url"])).status_code == 404
    await place.join(ben, "viewer")
    assert (await ben.http.get(made["url"])).content == b"abc"
    await place.owner.delete(f"{place.path}/members/{ben.id}")
    assert (await ben.http.get(made["url"])).status_code == 404


async def test_a_file_at_the_limit_and_one_above(place: Place, kept: Any) -> None:
    await attach(place, "full", b"x" * MOST)
    for size in (MOST + 1, MOST * 3):
        answer = await upload(place, "above", b"x" * size)
        assert answer.status_code == 413
        assert answer.json()["detail"] == "A file may have at most 100,000 bytes."
    assert len(kept()) == 1
    assert await place.follower.catch_up() == []


async def test_a_body_without_length_is_measured_as_it_comes(place: Place, kept: Any) -> None:
    async def endless() -> Any:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        for _ in range(20):
            yield b"x" * 50_000

    answer = await place.owner.http.post(
        f"/api/v1{place.task_path}/attachments",
        content=endless(),
        headers={"Content-Type": "multipart/form-data; boundary=b"},
    )
    assert answer.status_code == 413
    assert kept() == {}


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("multipart/form-data", b"", 400),
        ("multipart/form-data; boundary=" + "b" * 71, b"", 400),
        ("multipart/form-data; boundary=b", b"", 400),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\n\r\n--b--\r\n", 400),
        ("multipart/form-data; boundary=b", b"--b--\r\n", 422),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nno file name\r\n--b--\r\n',
            422,
        ),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="x"; filename="a"\r\n\r\na\r\n--b--\r\n',
            422,
        ),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\ncut off',
            400,
        ),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="\xff"\r\n\r\na\r\n--b--\r\n',
            400,
        ),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\na\r\n'
            b'--b\r\nContent-Disposition: form-data; name="file"; filename="b"\r\n\r\nb\r\n--b--\r\n',
            422,
        ),
        ("multipart/form-data; boundary=b", b"--b\r\nX: " + b"x" * 300_000, 413),
        ("application/x-www-form-urlencoded", b"name=a&url=https://example.org", 415),
        ("text/plain", b"a", 415),
    ],
)
async def test_refuses_what_is_no_upload(
    place: Place, kept: Any, content_type: str, body: bytes, status: int
) -> None:
    answer = await place.owner.http.post(
        f"/api/v1{place.task_path}/attachments", content=body, headers={"Content-Type": content_type}
    )
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert kept() == {}
    assert await place.follower.catch_up() == []


async def test_a_retry_keeps_one_file(place: Place, kept: Any) -> None:
    first = await upload(place, "a.txt", b"abc", Idempotency_Key="once")
    second = await upload(place, "a.txt", b"abc", Idempotency_Key="once")
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert second.json() == first.json()
    for name, content in (("a.txt", b"abd"), ("b.txt", b"abc")):
        assert (await upload(place, name, content, Idempotency_Key="once")).status_code == 422
    assert len(kept()) == 1
    assert len(await place.follower.catch_up()) == 1


async def test_who_may_not_upload_leaves_nothing(place: Place, ben: Person, kept: Any) -> None:
    path, files = f"/api/v1{place.task_path}/attachments", {"file": ("a.txt", b"abc")}
    assert (await ben.http.post(path, files=files)).status_code == 404
    await place.join(ben, "commenter")
    assert (await ben.http.post(path, files=files)).status_code == 403
    assert kept() == {}


async def test_a_client_that_leaves_half_way_leaves_nothing(place: Place, asgi: Any, kept: Any) -> None:
    request = place.owner.http.build_request(
        "POST",
        f"/api/v1{place.task_path}/attachments",
        headers={"Content-Type": "multipart/form-data; boundary=b", "Content-Length": "90000"},
    )
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    messages = [
        {"type": "http.request", "body": head + b"x" * 50_000, "more_body": True},
        {"type": "http.disconnect"},
    ]
    seen: list[int] = []

    async def receive() -> dict[str, Any]:
        seen.append(len(kept()))
        return messages.pop(0)

    async def send(_message: dict[str, Any]) -> None:
        return None

    headers = [(name.lower(), value) for name, value in request.headers.raw]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": request.url.path,
        "raw_path": request.url.raw_path,
        "query_string": b"",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("board.test", 80),
    }
    await asgi(scope, receive, send)
    assert messages == []
    assert seen[-1] == 1
    assert kept() == {}
    assert await place.follower.catch_up() == []


async def test_files_go_with_what_they_hang_on(place: Place, kept: Any) -> None:
    async def file_on_new_task(column: str) -> tuple[str, str]:
        task = await place.owner.post(f"{place.path}/tasks", {"column_id": column, "title": "Sow"})
        answer = await place.owner.http.post(
            f"/api/v1/tasks/{task['id']}/attachments", files={"file": ("a", b"a")}
        )
        return task["id"], answer.json()["id"]

    second = await place.owner.post(f"{place.path}/columns", {"title": "Doing"})
    alone = await attach(place, "a", b"a")
    task, _ = await file_on_new_task(place.column["id"])
    await file_on_new_task(second["id"])
    _, last = await file_on_new_task(place.column["id"])
    assert len(kept()) == 4
    steps = [f"/attachments/{alone['id']}", f"/tasks/{task}", f"/columns/{second['id']}"]
    for left, path in zip((3, 2, 1), steps, strict=True):
        await place.owner.delete(path)
        assert len(kept()) == left
    await place.follower.catch_up()
    assert list(kept()) == [f"{place.board['id']}/{last}"]
    await place.owner.delete(place.path)
    assert kept() == {}


async def test_a_file_that_is_lost_is_said_to_be(place: Place, settings: Settings) -> None:
    made = await attach(place, "a", b"a")
    path_of(settings, made).unlink()
    assert (await place.owner.http.get(made["url"])).status_code == 404
    await place.owner.delete(f"/attachments/{made['id']}")


async def test_nobody_else_on_the_machine_can_read_it(place: Place, settings: Settings) -> None:
    made = await attach(place, "a", b"a")
    assert stat.S_IMODE(path_of(settings, made).lstat().st_mode) == 0o600


async def test_over_a_real_connection(live_url: str) -> None:
    content = bytes(range(256)) * 390
    async with httpx2.AsyncClient(base_url=live_url) as client:
        place = await lay_out(await register(client, "Anna"))
        made = await attach(place, "a", content)
        assert (await client.get(made["url"])).content == content
        assert (await client.head(made["url"])).headers["Content-Length"] == str(len(content))
        assert (await upload(place, "b", content * 2)).status_code == 413
        await attach(place, "c", content)


async def test_files_of_another_board_are_not_there(place: Place, elsewhere: Place, kept: Any) -> None:
    foreign = await attach(elsewhere, "a", b"a")
    assert (await place.owner.http.get(foreign["url"])).status_code == 404
    assert (await place.owner.http.delete(f"/api/v1/attachments/{foreign['id']}")).status_code == 404
    assert len(kept()) == 1
