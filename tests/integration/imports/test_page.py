"""The page: with its script it speaks JSON, without it plain forms."""

import html
import io
from typing import Any

from tests.integration.conftest import Person
from tests.integration.imports.exports import GARDEN, follow, snapshot


async def post(person: Person, content: bytes, people: str = "", **headers: str) -> Any:
    """Send the form of the page."""
    files = {"file": ("garden.json", io.BytesIO(content))}
    return await person.http.post("/import", files=files, data={"people": people}, headers=headers)


async def test_the_form_is_there(anna: Person, http: Any) -> None:
    page = await anna.http.get("/import")
    assert page.status_code == 200
    assert 'name="file"' in page.text
    assert 'name="people"' in page.text
    assert (await http.get("/import")).status_code == 302


async def test_a_plain_form_leads_to_a_page_that_follows(anna: Person) -> None:
    answer = await post(anna, GARDEN.read_bytes(), "adamoss = anna@example.org")
    assert answer.status_code == 303
    where = answer.headers["Location"]
    run = await follow(anna, {"id": where.split("job=")[1]})
    assert run["status"] == "done"
    page = await anna.http.get(where)
    assert f"/boards/{run['board_id']}" in page.text
    assert "there are no votes here" in html.unescape(page.text)
    assert len((await snapshot(anna, run["board_id"]))["tasks"]) == 6


async def test_the_script_gets_json(anna: Person) -> None:
    answer = await post(anna, GARDEN.read_bytes(), Accept="application/json")
    assert answer.status_code == 202
    assert (await follow(anna, answer.json()))["status"] == "done"


async def test_a_page_tells_why_a_file_was_no_export(anna: Person) -> None:
    answer = await post(anna, b"[]")
    await follow(anna, {"id": answer.headers["Location"].split("job=")[1]})
    page = await anna.http.get(answer.headers["Location"])
    assert "This is a JSON list" in page.text


async def test_wrong_lines_come_back_with_the_form(anna: Person) -> None:
    answer = await post(anna, GARDEN.read_bytes(), "<b>wrong</b>")
    assert answer.status_code == 422
    assert "Line 1" in answer.text
    assert "&lt;b&gt;wrong&lt;/b&gt;" in answer.text
    assert "<b>wrong" not in answer.text


async def test_the_script_gets_problems_as_json(anna: Person) -> None:
    answer = await post(anna, GARDEN.read_bytes(), "wrong", Accept="application/json")
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == "people"
    assert answer.json()["request_id"]


async def test_names_of_the_file_are_text_on_the_page(anna: Person) -> None:
    content = GARDEN.read_bytes().replace(b"Lost in the grass", b"<script>alert(1)</script>")
    answer = await post(anna, content)
    await follow(anna, {"id": answer.headers["Location"].split("job=")[1]})
    page = await anna.http.get(answer.headers["Location"])
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


async def test_a_form_without_its_token_is_refused(anna: Person) -> None:
    del anna.http.headers["X-CSRFToken"]
    answer = await post(anna, GARDEN.read_bytes())
    assert answer.status_code == 403
