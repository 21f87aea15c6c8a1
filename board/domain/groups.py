"""Groups by name: how settings write them, and how a provider's are compared with those.

Names in settings are separated by commas. A name that has commas of its own is put in double quotes, or the setting is
written as JSON; names of a directory (RFC 4514), like `cn=admins,ou=groups,dc=example`, are recognised by themselves.
"""

import json
import re
from collections.abc import Iterable

_PIECE = re.compile(r'(?:"(?:[^"\\]|\\.)*"|\\.|[^,"\\])+|"')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_PART = re.compile(r"\s*(cn|ou|dc|o|c|l|st|uid)\s*=\s*(.*)", re.IGNORECASE | re.DOTALL)
_COMMA = re.compile(r"(?<!\\),")
_ENDINGS = ("dc", "o", "c")
"""The attributes that the name of a directory's entry ends with: its domain, organisation or country."""


def split_groups(text: str) -> tuple[str, ...]:
    """Return the groups that a setting names; ValueError when it can't be read."""
    found = _read_json(text)
    if isinstance(found, dict):
        raise ValueError('write a list, like ["admins", "cn=ops,ou=groups,dc=example"]')
    return tuple(_split(text) if found is None else found)


def split_pairs(text: str) -> tuple[tuple[str, str], ...]:
    """`group=team`, or the name that both have; the name of a directory's entry stands for a team of its first part."""
    found = _read_json(text)
    if isinstance(found, dict):
        return tuple(found.items())
    return tuple(_read_pair(one) for one in (_split(text) if found is None else found))


def is_entry(name: str) -> bool:
    """Return whether it names an entry in a directory: several parts, and the last ones say whose."""
    attributes = [_attribute(part) for part in _COMMA.split(name)]
    return len(attributes) > 1 and all(attributes) and bool(set(attributes) & set(_ENDINGS))


def fold(name: str) -> str:
    """Return a name as it is compared: capitals and spaces between the parts mean nothing in a directory."""
    if not is_entry(name):
        return name
    parts = (_PART.fullmatch(part) for part in _COMMA.split(name))
    return ",".join(f"{part[1]}={part[2].strip()}".lower() for part in parts if part)


def name_group(group: str, preset: str) -> str:
    """Return a group as it is compared: Keycloak writes the path of one, `/admins`, where people mean `admins`."""
    return group.removeprefix("/") if preset == "keycloak" else group


def _read_json(text: str) -> list[str] | dict[str, str] | None:
    """Return a setting that is written as JSON; None for one that is not. ValueError for one that tries to be."""
    stripped = text.strip()
    if (stripped[:1], stripped[-1:]) not in (("[", "]"), ("{", "}")):
        return None
    try:
        found = json.loads(stripped)
    except ValueError as error:
        raise ValueError(
            f"looks like JSON and is not ({error}); put a name in brackets in double quotes"
        ) from None
    names = [*found, *found.values()] if isinstance(found, dict) else found
    if not all(isinstance(name, str) and name.strip() for name in names):
        raise ValueError(
            'write texts in it, like ["admins"] or {"cn=dev,ou=groups,dc=example": "Developers"}'
        )
    found = {one.strip(): found[one].strip() for one in found} if isinstance(found, dict) else found
    return found if isinstance(found, dict) else [name.strip() for name in found]


def _split(text: str) -> list[str]:
    pieces = [match[0].strip() for match in _PIECE.finditer(text)]
    if '"' in pieces:
        raise ValueError("a double quote is not closed")
    return [_QUOTED.sub(lambda quoted: quoted[1].replace('\\"', '"'), one) for one in _join(pieces) if one]


def _join(pieces: Iterable[str]) -> list[str]:
    """Return pieces that are parts of one entry's name, put together again."""
    runs: list[list[str]] = []
    for piece in pieces:
        attribute, before = _attribute(piece), _attribute(runs[-1][-1]) if runs else ""
        goes_on = attribute and before and (attribute in _ENDINGS or before not in _ENDINGS)
        if goes_on:
            runs[-1].append(piece)
        else:
            runs.append([piece])
    names: list[str] = []
    for run in runs:
        whole = any(_attribute(piece) in _ENDINGS for piece in run)
        names += [",".join(run)] if whole else run
    return names


def _attribute(piece: str) -> str:
    """`cn` of `cn=admins`; empty for what is no part of an entry's name."""
    found = _PART.fullmatch(piece)
    return found[1].lower() if found else ""


def _read_pair(text: str) -> tuple[str, str]:
    group, _, team = text.rpartition("=")
    if is_entry(text) and not (is_entry(group) and "=" in _COMMA.split(group)[-1]):
        first = _PART.fullmatch(_COMMA.split(text)[0])
        return text, first[2].strip() if first else text
    return group.strip() or team.strip(), team.strip()
