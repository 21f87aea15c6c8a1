"""Windows of a stock Firefox, driven by WebDriver BiDi through npm's puppeteer-core."""

import json
import shutil
import urllib.request
from pathlib import Path
from typing import Any

from tests.fixtures.process import Process, find_port, find_program, report_missing

PROGRAM = Path(__file__).with_name("driver.mjs")
NAMES = ("firefox-esr", "firefox")
FOLDERS = ["/Applications/Firefox.app/Contents/MacOS"]
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
TIMEOUT = 120.0
"""Seconds in which the driver has answered; it gives up after half of them itself."""


def find_firefox() -> str:
    """Find an installed Firefox; where there is none, the test says so as for any other program."""
    found = (find_program(name, FOLDERS) for name in NAMES)
    path = next((path for path in found if path), None)
    return path or report_missing(
        "Firefox (Debian: apt install firefox-esr; macOS: brew install --cask firefox)"
    )


def named(name: str) -> str:
    """Return the selector of a control by its whole name: its words, its label or its `aria-label`.

    Firefox would find it by role and name, too, but takes seconds for each search.
    """
    words = f"normalize-space()='{name}'"
    ways = (
        f"//*[self::button or self::a][{words}]",
        f"//*[@aria-label='{name}']",
        f"//*[@id = //label[{words}]/@for]",
        f"//label[{words} or span[{words}]]//*[self::input or self::textarea]",
    )
    return f"::-p-xpath({' | '.join(ways)})"


def card(title: str) -> str:
    """Return the selector of a card."""
    return f"[data-task] ::-p-text({title})"


def titles(column: int) -> str:
    """Return the selector of the titles of a column's cards; the first column is 1."""
    return f"[data-column]:nth-of-type({column}) .card__title"


class Firefox:
    """One running Firefox; `open` gives windows with cookies of their own."""

    def __init__(self, log: Path) -> None:
        self.port = find_port()
        settings = {"port": self.port, "executable": find_firefox()}
        command = [shutil.which("node") or "node", str(PROGRAM), json.dumps(settings)]
        self._process = Process(command, log, cwd=PROGRAM.parent)
        self._process.wait_until(lambda: "ready" in log.read_text())

    def open(self) -> "Window":
        """Open a window of somebody new."""
        return Window(self, self.ask("", "open"))

    def ask(self, window: str, action: str, *parameters: object) -> Any:
        """Do something in a window; what the driver could not do is raised."""
        body = {"window": window, "action": action, "parameters": parameters}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}", json.dumps(body).encode())
        with DIRECT.open(request, timeout=TIMEOUT) as answer:
            said = json.load(answer)
        assert "error" not in said, f"{action}{parameters}: {said['error']}"
        return said["result"]

    def stop(self) -> None:
        """End it."""
        self._process.stop()


class Window:
    """One window: what a person does in it, and what they see."""

    def __init__(self, firefox: Firefox, name: str) -> None:
        self._firefox, self._name = firefox, name

    def do(self, action: str, *parameters: object) -> Any:
        """Do one of the driver's actions."""
        return self._firefox.ask(self._name, action, *parameters)

    def click(self, name: str) -> None:
        """Click what has this name, once it can be clicked."""
        self.do("click", named(name))

    def fill(self, name: str, text: str) -> None:
        """Write a text in place of what a box holds."""
        self.do("fill", named(name), text)

    def press(self, *keys: str) -> None:
        """Press keys one after the other; `Control+z` is one of them."""
        for key in keys:
            self.do("press", key)

    def type(self, *lines: str) -> None:
        """Type lines, each ended by Enter."""
        for line in lines:
            self.do("type", line)
            self.do("press", "Enter")

    def see(self, selector: str, *texts: str) -> None:
        """Wait until what a selector finds shows exactly these texts."""
        self.do("see", selector, texts)

    def see_in(self, selector: str, text: str) -> None:
        """Wait until something that a selector finds has a text in it."""
        self.do("seeIn", selector, text)
