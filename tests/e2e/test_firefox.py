"""The main paths in a second browser engine: a stock Firefox, two windows on one board."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.e2e.firefox import Firefox, Window, card, titles
from tests.e2e.room import PASSWORD
from tests.fixtures.server import Server

SAMPLES = Path(__file__).parent.parent / "samples"
STATUS, TOAST, PROSE = ".connection", ".toast", ".prose"
TO_DO, DOING = titles(1), titles(2)


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """One Firefox for all tests of this file, which asks for nothing beyond this machine."""
    firefox = Firefox(tmp_path_factory.mktemp("firefox") / "driver.log")
    yield firefox
    outside = firefox.ask("", "outside")
    firefox.stop()
    assert set(outside) == set(), "Firefox asked for something beyond this machine"


class House:
    """A server, and windows of people who register by its page."""

    def __init__(self, server: Server, firefox: Firefox) -> None:
        self.server, self.firefox = server, firefox
        self.windows: list[Window] = []
        self._allowed: list[str] = []

    def allow(self, pattern: str) -> None:
        """Expect complaints on the console that match a regular expression."""
        self._allowed.append(pattern)

    def read_complaints(self) -> list[str]:
        """Return what the windows complained about and no test has allowed."""
        complaints = [text for window in self.windows for text in window.do("complaints")]
        return [text for text in complaints if not any(re.search(each, text) for each in self._allowed)]

    def open(self, address: str) -> Window:
        """Open a window of somebody new, at an address."""
        window = self.firefox.open()
        self.windows.append(window)
        window.do("goto", address)
        return window

    def register(self, name: str) -> Window:
        """Make an account as a person does."""
        window = self.open(f"{self.server.url}/register")
        window.fill("Name", name)
        window.fill("E-mail address", f"{name.lower()}@example.org")
        window.do("fill", "input[type=password]", PASSWORD)
        window.click("Create account")
        window.see("h1", "Your boards")
        return window

    def make_board(self, window: Window, *cards: str) -> str:
        """Make a board and cards in its first column, by hand; return its address."""
        window.do("goto", f"{self.server.url}/")
        window.fill("New board", "Launch")
        window.click("Create board")
        window.see_in(STATUS, "Live")
        window.do("click", "[data-column] .column__add")
        window.type(*cards)
        window.press("Escape")
        window.see(TO_DO, *cards)
        return str(window.do("address"))

    def share(self, window: Window, name: str) -> None:
        """Make another person an editor of the board in a window."""
        window.click("Share")
        window.fill("Add somebody by e-mail", f"{name.lower()}@example.org")
        window.click("Add")
        window.see_in('dialog [role="listitem"], dialog li', name)
        window.press("Escape")


@pytest.fixture
def house(
    start_server: Callable[..., Server], firefox: Firefox, results: Path, has_failed: Callable[[], bool]
) -> Iterator[House]:
    """A server with nobody in it; a window that complained on its console fails the test."""
    house = House(start_server(), firefox)
    yield house
    complaints = house.read_complaints()
    for number, window in enumerate(house.windows, 1):
        if has_failed() or complaints:
            window.do("picture", str(results / f"firefox-{number}.png"))
        window.do("close")
    assert complaints == []


@pytest.fixture
def anna(house: House) -> Window:
    """Anna, in her window at a board with three cards."""
    window = house.register("Anna")
    house.make_board(window, "One", "Two", "Three")
    return window


@pytest.fixture
def bruno(house: House, anna: Window) -> Window:
    """Bruno, in a window of his own at Anna's board."""
    window = house.register("Bruno")
    house.share(anna, "Bruno")
    window.do("goto", anna.do("address"))
    window.see(TO_DO, "One", "Two", "Three")
    window.see_in(STATUS, "Live")
    return window


def test_what_one_window_does_the_other_shows(anna: Window, bruno: Window) -> None:
    anna.do("click", "[data-column]:nth-of-type(2) .column__add")
    anna.type("Four")
    bruno.see(DOING, "Four")
    bruno.click("Add column")
    bruno.fill("Column title", "Later")
    bruno.press("Enter")
    anna.see("[data-column] h2", "To do", "Doing", "Done", "Later")
    bruno.do("reload")
    bruno.see(DOING, "Four")
    bruno.see("[data-column] h2", "To do", "Doing", "Done", "Later")


def test_cards_are_moved_by_keyboard_and_by_mouse(anna: Window, bruno: Window) -> None:
    anna.do("focus", "[data-task]")
    anna.press("j", " ", "ArrowRight", " ")
    bruno.see(DOING, "Two")
    bruno.see(TO_DO, "One", "Three")
    anna.see_in("[data-task]:focus", "Two")
    anna.do("drag", card("Three"), card("One"))
    bruno.see(TO_DO, "Three", "One")
    bruno.do("drag", card("One"), card("Two"))
    anna.see(DOING, "One", "Two")
    anna.see(TO_DO, "Three")
    assert anna.do("texts", "dialog[open]") == []


def test_title_description_and_comment_are_written(anna: Window, bruno: Window) -> None:
    anna.do("click", card("Two"))
    bruno.do("click", card("Two"))
    anna.fill("Title", "Second")
    anna.press("Enter")
    bruno.see(TO_DO, "One", "Second", "Three")
    anna.click("Add a description…")
    anna.do("fill", "[aria-label=Description] textarea", "- **bold** words\n- https://example.org")
    anna.press("Control+Enter")
    bruno.see(f"{PROSE} strong", "bold")
    bruno.fill("New comment", "Seen by Bruno")
    bruno.click("Comment")
    anna.see_in(".comment__body", "Seen by Bruno")


def test_what_is_done_without_the_server_is_kept_and_sent_once(
    house: House, anna: Window, bruno: Window
) -> None:
    house.allow("establish a connection|NetworkError|interrupted while the page")
    house.server.kill()
    anna.see_in(STATUS, "Reconnecting")
    anna.do("click", "[data-column] .column__add")
    anna.type("Made on a train")
    anna.press("Escape")
    anna.see_in(STATUS, "1 not yet sent")
    house.server.start()
    bruno.see(TO_DO, "One", "Two", "Three", "Made on a train")
    anna.see_in(STATUS, "Live")
    anna.do("reload")
    anna.see(TO_DO, "One", "Two", "Three", "Made on a train")


def test_undo_and_redo_by_keys_and_by_the_notice(anna: Window, bruno: Window) -> None:
    anna.do("focus", "[data-task]")
    anna.press("c")
    bruno.see(TO_DO, "Two", "Three")
    anna.do("click", f"{TOAST} ::-p-text(Undo)")
    bruno.see(TO_DO, "One", "Two", "Three")
    anna.press("Control+Shift+z")
    bruno.see(TO_DO, "Two", "Three")
    anna.press("Control+z")
    bruno.see(TO_DO, "One", "Two", "Three")


def test_a_trello_file_is_imported(house: House) -> None:
    anna = house.register("Anna")
    anna.do("goto", f"{house.server.url}/import")
    anna.do("upload", "input[type=file]", str(SAMPLES / "trello-garden.json"))
    anna.do("click", "main button[type=submit]")
    anna.click("Open the board")
    anna.see_in(STATUS, "Live")
    assert anna.do("texts", ".card__title")


def test_a_public_link_is_copied_and_opens_for_a_guest(house: House, anna: Window) -> None:
    anna.click("Share")
    anna.click("Anybody with the link can read this board")
    anna.click("Copy: Public link")
    anna.see_in("dialog .copy-field", "Copied")
    anna.press("Escape")
    anna.press("/")
    anna.press("Control+v")
    link = anna.do("value", "#filter")
    assert link.startswith(f"{house.server.url}/public/")
    guest = house.open(link)
    guest.see(TO_DO, "One", "Two", "Three")
    guest.see_in(STATUS, "Live")
