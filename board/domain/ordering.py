"""Positions: strings that can always be put between two others.

A position is an integer part and a fraction, in base 62 (`0-9A-Za-z`, compared byte by byte). The
first character of the integer part tells its length (`a` one digit, `b` two..., `Z` one digit
below zero, `Y` two...), so adding at either end of a long list costs a character per
factor of 62, not per insertion. A fraction never ends in `0`, so there is always room below it.
"""

from collections.abc import Iterator

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_VALUE = {digit: value for value, digit in enumerate(DIGITS)}
_FIRST = "a0"
_SMALLEST = "A" + "0" * 26


def key_between(lower: str | None, upper: str | None) -> str:
    """Return a position strictly between two others; None stands for the open end.

    Raises ValueError when a bound is no position or `lower >= upper`.
    """
    for bound in (lower, upper):
        if bound is not None:
            _check(bound)
    if lower is not None and upper is not None and lower >= upper:
        raise ValueError(f"{lower!r} is not below {upper!r}")
    if lower is None:
        return _FIRST if upper is None else _below(upper)
    if upper is None:
        return _above(lower)
    return _inside(lower, upper)


def keys_between(lower: str | None, upper: str | None, count: int) -> list[str]:
    """Return `count` ascending positions between two others, as short as they come."""
    if upper is None:
        return list(_ascending(lower, count))
    if count <= 0:
        return []
    middle = key_between(lower, upper)
    left = (count - 1) // 2
    return [*keys_between(lower, middle, left), middle, *keys_between(middle, upper, count - 1 - left)]


def _ascending(lower: str | None, count: int) -> Iterator[str]:
    for _ in range(count):
        lower = key_between(lower, None)
        yield lower


def _below(upper: str) -> str:
    whole, fraction = _split(upper)
    if whole == _SMALLEST:
        return whole + _midpoint("", fraction)
    if fraction:
        return whole
    previous = _decrement(whole)
    return previous if previous != _SMALLEST else previous + _midpoint("", None)


def _above(lower: str) -> str:
    whole, fraction = _split(lower)
    following = _increment(whole)
    return following if following is not None else whole + _midpoint(fraction, None)


def _inside(lower: str, upper: str) -> str:
    whole, fraction = _split(lower)
    upper_whole, upper_fraction = _split(upper)
    if whole == upper_whole:
        return whole + _midpoint(fraction, upper_fraction)
    following = _increment(whole)
    if following is not None and following < upper:
        return following
    return whole + _midpoint(fraction, None)


def _midpoint(lower: str, upper: str | None) -> str:
    """Return the shortest fraction strictly between two fractions, near their middle."""
    if upper is not None:
        shared = 0
        while (lower[shared : shared + 1] or "0") == upper[shared]:
            shared += 1
        if shared:
            return upper[:shared] + _midpoint(lower[shared:], upper[shared:])
    low = _VALUE[lower[0]] if lower else 0
    high = _VALUE[upper[0]] if upper else len(DIGITS)
    if high - low > 1:
        return DIGITS[(low + high) // 2]
    if upper and len(upper) > 1:
        return upper[0]
    return DIGITS[low] + _midpoint(lower[1:], None)


def _whole_length(head: str) -> int:
    if "a" <= head <= "z":
        return ord(head) - ord("a") + 2
    if "A" <= head <= "Z":
        return ord("Z") - ord(head) + 2
    raise ValueError(f"a position can't start with {head!r}")


def _split(key: str) -> tuple[str, str]:
    length = _whole_length(key[0])
    return key[:length], key[length:]


def _check(key: str) -> None:
    if not key or any(character not in _VALUE for character in key) or len(key) < _whole_length(key[0]):
        raise ValueError(f"{key!r} is not a position")
    if _split(key)[1].endswith("0") or key == _SMALLEST:
        raise ValueError(f"{key!r} leaves no room below it")


def _increment(whole: str) -> str | None:
    head, digits = whole[0], list(whole[1:])
    for index in reversed(range(len(digits))):
        value = _VALUE[digits[index]] + 1
        if value < len(DIGITS):
            digits[index] = DIGITS[value]
            return head + "".join(digits)
        digits[index] = "0"
    if head == "z":
        return None
    if head == "Z":
        return "a0"
    following = chr(ord(head) + 1)
    return following + "0" * (_whole_length(following) - 1)


def _decrement(whole: str) -> str:
    head, digits = whole[0], list(whole[1:])
    for index in reversed(range(len(digits))):
        value = _VALUE[digits[index]] - 1
        if value >= 0:
            digits[index] = DIGITS[value]
            return head + "".join(digits)
        digits[index] = "z"
    if head == "a":
        return "Zz"
    previous = chr(ord(head) - 1)
    return previous + "z" * (_whole_length(previous) - 1)


def key_at(rank: int) -> str:
    """Return the position of the thing with this rank (from 0) in a list that is filled from its start."""
    length = 1
    while rank >= len(DIGITS) ** length:
        rank -= len(DIGITS) ** length
        length += 1
    digits = ""
    for _ in range(length):
        rank, digit = divmod(rank, len(DIGITS))
        digits = DIGITS[digit] + digits
    return chr(ord("a") + length - 1) + digits
