"""What a password must be, how long a session lasts, what is shown of its id."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from board.domain.account import digest
from board.domain.credentials import SESSION_MAX, find_weakness, new_secret, prolong, public_id

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("x" * 9, "at least 10"),
        ("xyz" * 342, "at most 1,024"),
        ("Anna.Brandt", "something other"),
        (" ANNA.BRANDT@example.org ", "something other"),
        ("anna brandt", "something other"),
    ],
)
def test_a_weak_password_is_told_why(password, says):
    assert says in find_weakness(password, "anna.brandt@example.org", "Anna Brandt")


@pytest.mark.parametrize("password", ["x1y2z3a4b5", "é" * 10, "x" * 1024, "anna brandt likes boards"])
def test_a_good_password_passes(password):
    assert find_weakness(password, "anna.brandt@example.org", "Anna Brandt") is None


@given(st.lists(st.integers(min_value=1, max_value=29 * 24 * 60), max_size=60))
def test_a_session_in_use_lasts_ninety_days_and_no_longer(minutes):
    """However it is used, it lasts as long as it was given after each use, up to the end."""
    lifetime, end = timedelta(days=30), START + SESSION_MAX
    at, seen, expires = START, START, START + lifetime
    for pause in minutes:
        at += timedelta(minutes=pause)
        if at >= expires:
            assert at >= end
            return
        seen, expires = at, prolong(START, seen, expires, at)
        assert expires == min(at + lifetime, end)


def test_a_session_that_is_not_used_is_over():
    assert prolong(START, START, START + timedelta(days=30), START) == START + timedelta(days=30)


def test_secrets_are_long_and_never_the_same():
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    assert all(len(secret) == 43 for secret in made)


def test_the_public_id_is_a_uuid_and_not_the_stored_id():
    stored = digest("secret")
    shown = public_id(stored)
    assert str(UUID(shown)) == shown
    assert stored not in shown.replace("-", "")
    assert public_id(digest("another")) != shown
