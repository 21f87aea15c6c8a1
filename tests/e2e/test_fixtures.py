"""The browser fixtures themselves."""

import re

import pytest

PAGE = "data:text/html,<title>Page</title><body>"


async def test_windows_have_their_own_size_and_colours(new_page) -> None:
    wide = await new_page()
    narrow = await new_page((390, 844), color_scheme="dark")
    dark = "matchMedia('(prefers-color-scheme: dark)').matches"
    assert await wide.evaluate(f"[innerWidth, {dark}]") == [1440, False]
    assert await narrow.evaluate(f"[innerWidth, {dark}]") == [390, True]


async def test_an_allowed_complaint_is_forgotten(new_page, console) -> None:
    page = await new_page()
    await page.goto(PAGE)
    await page.evaluate("console.error('first'); console.warn('second')")
    await page.evaluate("setTimeout(() => { throw new Error('third') })")
    await page.wait_for_timeout(200)
    assert [re.match(r"\w+: \w+", text)[0] for text in console.complaints[:2]] == [
        "error: first",
        "warning: second",
    ]
    assert "third" in console.complaints[2]
    console.allow("first|second|third")
    assert console.complaints == []


INNER = """
async def test_complains(new_page):
    page = await new_page()
    await page.goto("data:text/html,<body>")
    await page.evaluate("console.error('something broke')")


async def test_fails(new_page):
    await (await new_page()).goto("data:text/html,<h1>Look here</h1>")
    assert False
"""


def test_a_complaint_fails_the_test_and_leaves_a_picture(
    pytester: pytest.Pytester, pytestconfig, monkeypatch
) -> None:
    pytester.makepyfile(INNER)
    pytester.makepyprojecttoml('[tool.pytest.ini_options]\nasyncio_mode = "auto"')
    plugins = [name for name in ("report", "browser") for name in ("-p", f"tests.fixtures.{name}")]
    monkeypatch.setenv("PYTHONPATH", str(pytestconfig.rootpath))
    outcome = pytester.runpytest_subprocess("-p", "no:cacheprovider", *plugins)
    outcome.assert_outcomes(passed=1, errors=1, failed=1)
    outcome.stdout.fnmatch_lines(["*error: something broke*"])
    pictures = sorted(path.name for path in (pytester.path / "test-results").iterdir())
    assert len(pictures) == 2
    assert all(name.endswith("-1.png") for name in pictures)
