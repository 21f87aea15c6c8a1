"""What is known of each field of the things on a board: one list, which every place that deals with fields reads.

A field's type, its default and its `Trait` stand at the field itself: `title: Annotated[str, Trait(...)] = ""`.
`docs/guides/add-a-field.md` walks through adding one.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from enum import StrEnum
from functools import cache
from typing import Any, get_type_hints

from board.domain.messages import msg


class Part(StrEnum):
    """What a field is for; undo, merging and activity each treat the parts differently."""

    IDENTITY = "identity"
    """Says which thing it is, or where it came from; set once."""

    PARENT = "parent"
    """What the thing hangs on; a move changes it."""

    POSITION = "position"
    """Its place among its siblings."""

    VALUE = "value"
    """What people write or choose: an undo puts the old value back."""

    STATE = "state"
    """Since when it is archived or completed: told by an event type of its own, put back by an undo."""

    LINKS = "links"
    """A set of ids: an undo puts back what was taken and takes what was put."""

    COUNT = "count"
    """Goes up and down with what hangs on the thing: an undo steps it."""

    STAMP = "stamp"
    """Follows from other fields: an undo makes a new one."""

    PRIVATE = "private"
    """Kept by the server, told to nobody."""


class Personal(StrEnum):
    """What a field tells of a person; what is left of it when they are erased is in `domain/erasure.py`."""

    NAME = "name"
    ADDRESS = "address"
    PICTURE = "picture"
    TEXT = "text"
    """What they wrote themselves: it stays, and is not shown in what others take along."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """What is known of a field.

    `words` is what people call it, in the middle of a sentence. `limit`: characters, at most. `typed`: a person
    wrote it, and is told when somebody else replaces it. `merges`: two versions of the text are merged word by word.
    `guests`: who reads by a public link sees it. `quiet`: two people who set it at once need not be told.
    """

    part: Part = Part.VALUE
    words: str = ""
    limit: int | None = None
    typed: bool = False
    merges: bool = False
    guests: bool = True
    quiet: bool = False
    personal: Personal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a kind of things. `default` is what a thing has that was recorded before the field existed."""

    name: str
    type: Any
    trait: Trait
    required: bool = False
    default: Any = MISSING

    @property
    def has_default(self) -> bool:
        """Whether one value stands for all things that were recorded without the field."""
        return self.default is not MISSING


IDENTITY = Trait(part=Part.IDENTITY)
POSITION = Trait(part=Part.POSITION, words=msg("position"), quiet=True)
COUNT = Trait(part=Part.COUNT)
STAMP = Trait(part=Part.STAMP)
PRIVATE = Trait(part=Part.PRIVATE)

DERIVED: Mapping[str, tuple[Field, ...]] = {
    "task": (Field(name="has_description", type=bool, trait=STAMP, default=False),)
}
"""Fields that replicas hold and no thing has, by the kind."""


@cache
def fields_of(make: type) -> tuple[Field, ...]:
    """Return the fields of a kind of things, in order. Raises TypeError for one without a Trait."""
    hints = get_type_hints(make, include_extras=True)
    return tuple(_describe(make, one, hints[one.name]) for one in fields(make))


@cache
def names_of(make: type, *parts: Part) -> tuple[str, ...]:
    """Return the names of the fields that are one of these parts, in order; without parts, of all but the private."""
    wanted = frozenset(parts) or frozenset(Part) - {Part.PRIVATE}
    return tuple(one.name for one in fields_of(make) if one.trait.part in wanted)


@cache
def trait_of(make: type, name: str) -> Trait:
    """Return what is known of one field; raises KeyError where there is no such field."""
    return {one.name: one.trait for one in fields_of(make)}[name]


def _describe(make: type, one: Any, hint: Any) -> Field:
    traits = [extra for extra in getattr(hint, "__metadata__", ()) if isinstance(extra, Trait)]
    if len(traits) != 1:
        raise TypeError(f"The field {one.name} of {make.__name__} has no Trait: say what it is for.")
    required = one.default is MISSING and one.default_factory is MISSING
    return Field(name=one.name, type=hint.__origin__, trait=traits[0], required=required, default=one.default)
