"""What is left of a person who was erased: an id, and a name that stands for nobody."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from board.domain.account import User
from board.domain.editing import edited
from board.domain.fields import Personal, fields_of
from board.domain.kinds import KINDS
from board.domain.text import fold

NAME = "Deleted person"  # not shown

Record = Mapping[str, Any]


def tombstone_email(user_id: str) -> str:
    """Return an address that nobody can have (RFC 2606, section 2)."""
    return f"{user_id}@deleted.invalid"


def is_erased(user: User) -> bool:
    """Return whether the erasure is complete."""
    return user.erased_at is not None and user.email == tombstone_email(user.id)


def closed(user: User, at: datetime) -> User:
    """Return the account from the first moment on: nobody can sign in to it, and it administers nothing."""
    gone = {"password_hash": None, "is_admin": False, "admin_by": None, "show_presence": False}
    return edited(user, {**gone, "disabled_at": user.disabled_at or at, "erased_at": at}, at)


def anonymized(user: User, at: datetime) -> User:
    """Return the account once its traces are gone."""
    nothing = {"avatar_url": None, "email_verified_at": None, "password_hash": None}
    return edited(user, {**nothing, "name": NAME, "email": tombstone_email(user.id)}, at)


def scrub_records(records: Iterable[Record], user_id: str) -> list[dict[str, Any]]:
    """Return the `changes` or the `before` of an event, without the person's name, address and picture."""
    return [_scrub_record(record, user_id) for record in records]


def _scrub_record(record: Record, user_id: str) -> dict[str, Any]:
    values = record.get("set")
    if not values:
        return dict(record)
    return {
        **record,
        "set": {**values, **_replacements(record["kind"], record["id"], values, user_id=user_id)},
    }


def _replacements(kind: str, id: str, values: Record, user_id: str) -> dict[str, Any]:
    if (id if kind == "member" else values.get("author_id")) != user_id:
        return {}
    empty = {Personal.NAME: NAME, Personal.ADDRESS: tombstone_email(user_id), Personal.PICTURE: None}
    told = personal_fields(kind)
    return {name: empty[told[name]] for name in values if told.get(name) in empty}


@cache
def personal_fields(kind: str) -> Mapping[str, Personal]:
    """Return what the fields of a kind tell of a person, by name; those that tell nothing are left out."""
    traits = {one.name: one.trait.personal for one in fields_of(KINDS[kind])} if kind in KINDS else {}
    return {name: personal for name, personal in traits.items() if personal is not None}


PERSONAL_DETAILS = frozenset({"address", "device", "email", "name", "old_email", "subject", "user_agent"})
"""What the detail of a security event may tell of a person, by name."""


def scrub_detail(detail: Record, words: Iterable[str]) -> dict[str, Any]:
    """Return the detail of a security event without what tells who it was: their `words` are their name and address."""
    told = [fold(word) for word in words if word]
    return {
        name: value
        for name, value in detail.items()
        if name not in PERSONAL_DETAILS and not any(word in fold(str(value)) for word in told)
    }
