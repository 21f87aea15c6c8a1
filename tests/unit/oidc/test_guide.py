"""Every sentence by which a sign-in is refused has its row in the guide, word for word, and no row is of yesterday."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import board.domain
import board.web.oidc
from board.domain.admission import NotAdmitted
from board.domain.errors import ProviderUnavailable, SignInRefused
from board.web.oidc.refusals import Declined

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "guides" / "sso.md").read_text("utf-8")
SECTION = GUIDE.partition("## When it doesn't work")[2]
ROWS = re.findall(r"^\| (.+?) \| (.+?) \|$", SECTION, re.MULTILINE)
QUOTES = [quote for says, _ in ROWS for quote in re.findall(r'"([^"]+)"', says)]
BY_MACHINE = {"missing_event", "forbidden_nonce", "missing_token_id", "replayed_token", "nobody_named"}
"""What is said of logout tokens: no person sees it."""


def find_all(kind: type[SignInRefused]) -> list[type[SignInRefused]]:
    """Every kind of refusal that the code has, below one."""
    return [one for below in kind.__subclasses__() for one in (below, *find_all(below))]


for package in (board.web.oidc, board.domain):
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)

SENTENCES = {
    one.code: one.sentence.replace("{provider}", "...").replace("{email}", "...")
    for one in find_all(SignInRefused)
    if one.code not in BY_MACHINE and one not in (NotAdmitted, Declined)
}
SAID = (
    SENTENCES
    | {f"declined: {error}": words for error, words in Declined.WORDS.items()}
    | {f"unavailable: {code}": reason for code, reason in ProviderUnavailable.REASONS.items()}
    | {"unavailable: else": ProviderUnavailable.ODD}
)


@pytest.mark.parametrize("code", SAID)
def test_each_sentence_has_its_row(code: str) -> None:
    assert any(quote in SAID[code] for quote in QUOTES), f"no row quotes a part of: {SAID[code]}"


@pytest.mark.parametrize("quote", QUOTES)
def test_each_row_quotes_a_sentence_that_is_said(quote: str) -> None:
    assert any(quote in sentence for sentence in SAID.values())


@pytest.mark.parametrize("name", ["Authelia", "Zitadel", "Okta", "Auth0", "LemonLDAP::NG", "Glewlwyd"])
def test_the_usual_providers_are_in_the_table(name: str) -> None:
    row = next(line for line in GUIDE.splitlines() if line.startswith(f"| **{name}**"))
    assert len([cell for cell in row.strip("|").split("|") if cell.strip()]) == 5
