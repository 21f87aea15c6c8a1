"""What a stranger's request may hold: it is counted before anything takes it apart."""

import json
from typing import Any
from unittest.mock import patch

import httpx2
import pytest
from pydantic import BaseModel

from board.domain import limits
from tests.integration.conftest import Person
from tests.integration.edge.conftest import OpenSite

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MULTIPART = {"Content-Type": "multipart/form-data; boundary=x"}
PART = b"--x\r\nContent-Disposition: form-data; name=a%s\r\n\r\n1\r\n"

RICH = {
    "100,000 unknown keys": b"{" + b",".join(b'"k%d":1' % i for i in range(90_000)) + b"}",
    "a long list": b'{"email":[' + b"1," * 400_000 + b"1]}",
    "empty lists in a field": b'{"email":[' + b"[]," * 300_000 + b'1],"password":1}',
    "empty objects": b"[" + b"{}," * 300_000 + b"1]",
    "objects in objects": b'{"a":' * 150_000 + b"1" + b"}" * 150_000,
    "keys with quotes in them": b"{" + b",".join(b'"\\"%d":1' % i for i in range(60_000)) + b"}",
    "just one too many": json.dumps({"email": list(range(limits.JSON_VALUES))}).encode(),
}
FORMS = {
    "90,000 fields": (FORM, b"&".join(b"k%d=1" % i for i in range(90_000))),
    "empty fields": (FORM, b"&" * 1_000_000),
    "few bytes, many fields": (FORM, b"a=&" * 10_000),
    "one long field": (FORM, b"email=" + b"%41" * 300_000),
    "20,000 parts": (MULTIPART, PART % b"" * 20_000 + b"--x--\r\n"),
    "few bytes, many parts": (MULTIPART, PART % b"" * 500 + b"--x--\r\n"),
    "a part with a long head": (MULTIPART, PART % (b"; a=b" * 150_000) + b"--x--\r\n"),
    "a part with a long file": (MULTIPART, PART % b"; filename=f" + b"a" * 900_000 + b"\r\n--x--\r\n"),
}


@pytest.mark.parametrize("path", ["/session", "/users"])
async def test_json_with_much_in_it_reaches_no_model(open_site: OpenSite, path: str) -> None:
    client = await (await open_site()).client()
    with patch.object(BaseModel, "model_validate", side_effect=AssertionError("a model saw it")):
        for name, body in RICH.items():
            answer = await client.post(f"/api/v1{path}", content=body, headers=JSON)
            assert answer.status_code == 413, name
            problem = answer.json()
            assert problem["type"] == "/problems/too-many-values"
            assert problem["detail"] == "A body may hold at most 5,000 values.", name


async def test_deep_json_is_refused_with_the_limit(open_site: OpenSite) -> None:
    client = await (await open_site()).client()
    body = b'{"email":' + b"[" * limits.JSON_LEVELS + b"]" * limits.JSON_LEVELS + b"}"
    answer = await client.post("/api/v1/session", content=body, headers=JSON)
    assert (answer.status_code, answer.json()["detail"]) == (
        400,
        "The body may be nested at most 20 levels deep.",
    )


async def test_what_people_write_holds_as_many_commas_as_they_like(anna: Person) -> None:
    board = await anna.post("/boards", {"title": "B"})
    text = '[{"a", \\"b\\"},]' * 4000
    edited = await anna.patch(f"/boards/{board['id']}", {"description": text})
    assert edited["description"] == text


@pytest.mark.parametrize("name", FORMS)
async def test_forms_are_counted_before_they_are_read(open_site: OpenSite, name: str) -> None:
    site = await open_site()
    headers, body = FORMS[name]
    with patch("werkzeug.formparser.parse_qsl", side_effect=AssertionError("it was taken apart")):
        answer = await (await site.client()).post("/sign-in", content=body, headers=headers)
    assert answer.status_code == 413
    few = len(body) <= limits.FORM
    assert ("at most 100 fields" if few else "at most 65,536 bytes") in answer.text


async def test_a_form_of_ordinary_size_is_read(open_site: OpenSite) -> None:
    client = await (await open_site()).client()
    fields: dict[str, Any] = {f"k{i}": "1" for i in range(90)}
    for sent in ({"data": fields}, {"files": {name: (None, value) for name, value in fields.items()}}):
        answer: httpx2.Response = await client.post("/sign-in", **sent)
        assert answer.status_code == 403  # no CSRF token in it: so it was read


async def test_what_the_edge_refuses_is_a_problem(open_site: OpenSite) -> None:
    client = await (await open_site()).client()
    long = await client.get("/api/v1/boards?" + "a=1&" * 3000)
    assert (long.status_code, long.headers["Content-Type"]) == (414, "application/problem+json")
    assert long.json()["request_id"] == long.headers["X-Request-ID"]
    assert long.json()["detail"] == "The request can't be taken: an address may have at most 8,192 bytes."
    many = await client.get("/sign-in", headers={"Cookie": "a=;" * 12_000})
    assert many.status_code == 431
    assert "32,768 bytes" in many.json()["detail"]
