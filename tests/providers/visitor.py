"""Somebody who signs in: a browser without a screen, that follows links and fills in forms."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import httpx2

HOPS_MAX = 20
"""Redirects in a row that a browser would follow."""


class Form:
    """One form of a page: where it goes, by which method, and what is filled in already."""

    def __init__(self, action: str, method: str) -> None:
        self.action, self.method = action, method
        self.fields: dict[str, str] = {}


class _Forms(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.forms, self.links = url, list[Form](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(
                Form(urljoin(self.url, said.get("action", "")), said.get("method", "get").upper())
            )
        elif tag == "a":
            self.links.append(urljoin(self.url, said.get("href", "")))
        elif tag == "input" and self.forms and said.get("name") and said.get("type") != "submit":
            self.forms[-1].fields[said["name"]] = said.get("value", "")


class Visitor:
    """A browser with cookies of its own, at a board."""

    def __init__(self, board: str) -> None:
        self.board = board
        self.http = httpx2.Client(follow_redirects=False, timeout=30, trust_env=False)
        self.seen: list[str] = []

    def go(self, url: str, method: str = "GET", **data: Any) -> httpx2.Response:
        """Open an address, and follow where it leads; `seen` has every address on the way."""
        answer = self.http.request(method, url, **data)
        for _hop in range(HOPS_MAX):
            self.seen.append(str(answer.request.url))
            if not answer.is_redirect:
                return answer
            answer = self.http.get(urljoin(str(answer.request.url), answer.headers["Location"]))
        raise AssertionError(f"It leads in a circle: {self.seen[-4:]}")

    def send(self, page: httpx2.Response, mark: str, **fields: str) -> httpx2.Response:
        """Fill in the form of a page that has a field of the name `mark`, or goes there, and send it."""
        reader = _Forms(str(page.request.url))
        reader.feed(page.text)
        fitting = (one for one in reader.forms if mark in one.fields or one.action.endswith(mark))
        form = next(fitting, None)
        assert form, f"{page.request.url} ({page.status_code}) has no form {mark!r}: {page.text[:2000]}"
        filled = form.fields | fields
        headers = {"Referer": str(page.request.url)}
        if form.method == "GET":
            return self.go(form.action, params=filled, headers=headers)
        return self.go(form.action, form.method, data=filled, headers=headers)

    def begin(self, name: str) -> httpx2.Response:
        """Press the button of a provider on the board's sign-in page."""
        return self.go(f"{self.board}/auth/{name}/start")

    def me(self) -> Any:
        """The account that is signed in at the board, or None."""
        answer = self.http.get(f"{self.board}/api/v1/me")
        return answer.json() if answer.status_code == 200 else None

    def read(self, path: str) -> Any:
        """What the board's API says to who is signed in."""
        answer = self.http.get(f"{self.board}/api/v1{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def sign_out(self) -> httpx2.Response:
        """Sign out at the board by its button, and go on to the provider by the link of the page that follows."""
        page = self.send(self.go(f"{self.board}/"), "/sign-out")
        reader = _Forms(str(page.request.url))
        reader.feed(page.text)
        onward = next(link for link in reader.links if not link.startswith(self.board))
        return self.go(onward)

    def close(self) -> None:
        """Close its connections."""
        self.http.close()
