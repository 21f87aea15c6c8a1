"""Who gets the bytes of a file, how a browser is told to treat them, and when they go."""

import stat
from typing import Any

import pytest

from board.config.settings import Settings
from tests.integration.conftest import Person
from tests.integration.details.conftest import Place
from tests.integration.details.files.conftest import attach, path_of

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40


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


async def test_files_of_another_board_are_not_there(place: Place, elsewhere: Place, kept: Any) -> None:
    foreign = await attach(elsewhere, "a", b"a")
    assert (await place.owner.http.get(foreign["url"])).status_code == 404
    assert (await place.owner.http.delete(f"/api/v1/attachments/{foreign['id']}")).status_code == 404
    assert len(kept()) == 1
