"""Static files: kept for ever under the build's address, never served from elsewhere."""

import re

import httpx2
import pytest


@pytest.fixture
async def stylesheet(http: httpx2.AsyncClient) -> str:
    """The address that pages give for the style sheet."""
    page = (await http.get("/register")).text
    found = re.search(r'href="(/static/b-[0-9a-f]{12}/css/main\.css)"', page)
    assert found, page
    return found.group(1)


async def test_pages_name_the_build_and_browsers_may_keep_it(
    http: httpx2.AsyncClient, stylesheet: str
) -> None:
    answer = await http.get(stylesheet)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"].startswith("text/css")
    assert answer.headers["Content-Encoding"] == "gzip"
    plain = await http.get(stylesheet, headers={"Accept-Encoding": "identity"})
    assert plain.text == answer.text
    assert plain.headers["ETag"] != answer.headers["ETag"]
    again = await http.get(stylesheet, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_another_builds_address_still_works_but_is_not_kept(http: httpx2.AsyncClient) -> None:
    """During a rolling deploy a page of one process asks the other for its files."""
    for path in ("/static/b-000000000000/css/main.css", "/static/css/main.css"):
        answer = await http.get(path)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


async def test_a_library_is_kept_only_under_its_own_hash(http: httpx2.AsyncClient) -> None:
    import_map = (await http.get("/static/vendor/importmap.json")).json()
    right = import_map["imports"]["preact"]
    for address, caching in (
        (right, "public, max-age=31536000, immutable"),
        (right.split("=")[0] + "=000000000000", "no-cache"),
        (right.split("?")[0], "no-cache"),
    ):
        answer = await http.get(address)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, caching)


@pytest.mark.parametrize(
    "path",
    [
        "../pyproject.toml",
        "%2e%2e/pyproject.toml",
        "b-000000000000/../../pyproject.toml",
        "css",
        "nothing.js",
        "//etc/passwd",
    ],
)
async def test_nothing_else_is_served(http: httpx2.AsyncClient, path: str) -> None:
    assert (await http.get(f"/static/{path}")).status_code in (404, 308)
