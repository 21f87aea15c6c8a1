"""Every sentence by which a sign-in is refused has its row in the guide, word for word, and no row is of yesterday."""

import re
from pathlib import Path

import pytest

from board.domain.errors import ProviderUnavailable
from board.domain.refusal import Reason

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "guides" / "sso.md").read_text("utf-8")
SECTION = GUIDE.partition("## When it doesn't work")[2]
ROWS = re.findall(r"^\| (.+?) \| (.+?) \|$", SECTION, re.MULTILINE)
QUOTES = [quote for says, _ in ROWS for quote in re.findall(r'"([^"]+)"', says)]
BY_MACHINE = {"missing_event", "forbidden_nonce", "missing_token_id", "replayed_token", "nobody_named"}
"""What is said of logout tokens: no person sees it."""


def show(sentence: str) -> str:
    """Return a sentence as the guide quotes it."""
    return re.sub(r"%\((provider|email)\)s", "...", sentence)


SENTENCES = {
    one.name: show(one.value.sentence)
    for one in Reason
    if one.code not in BY_MACHINE and one is not Reason.OTHER_ERROR
}
SAID = (
    SENTENCES
    | {f"unavailable: {code}": reason for code, reason in ProviderUnavailable.REASONS.items()}
    | {"unavailable: else": ProviderUnavailable.ODD}
)


@pytest.mark.parametrize("code", SAID)
def test_each_sentence_has_its_row(code: str) -> None:
    assert any(quote in SAID[code] for quote in QUOTES), f"no row quotes a part of: {SAID[code]}"


@pytest.mark.parametrize("quote", QUOTES)
def test_each_row_quotes_a_sentence_that_is_said(quote: str) -> None:
    assert any(quote in sentence for sentence in SAID.values())


@pytest.mark.parametrize("name", SENTENCES)
def test_each_reason_names_its_row(name: str) -> None:
    row = Reason[name].value.row
    assert row in QUOTES, f"no row quotes {row!r}"
    assert row in SENTENCES[name]


def test_each_reason_has_words_of_its_own_for_the_log() -> None:
    names, meanings = list(Reason.__members__), [one.value.meaning for one in Reason]
    assert len(names) == len(meanings)  # equal rows would be one member with two names
    assert len(set(meanings)) == len(meanings)
    codes = [one.code for one in Reason if one.code != "provider_declined"]
    assert len(set(codes)) == len(codes)


@pytest.mark.parametrize("name", ["Authelia", "Zitadel", "Okta", "Auth0", "LemonLDAP::NG", "Glewlwyd"])
def test_the_usual_providers_are_in_the_table(name: str) -> None:
    row = next(line for line in GUIDE.splitlines() if line.startswith(f"| **{name}**"))
    assert len([cell for cell in row.strip("|").split("|") if cell.strip()]) == 5
