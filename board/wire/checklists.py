"""Checklists and their items: what clients send about them, and what the server answers."""

from pydantic import Field, StrictBool

from board.service.checklists import ChecklistView
from board.wire.fields import Edit, Id, Move, Mutation, Resource, Title


class NewChecklist(Mutation):
    """A checklist to make: right after `after`, else right before `before`, else as the last."""

    id: Id | None = None
    title: Title
    after: Id | None = None
    before: Id | None = None


class ChecklistEdit(Edit):
    """What to change about a checklist."""

    title: Title = Field(default="")


class NewItem(NewChecklist):
    """An item to make: right after `after`, else right before `before`, else as the last."""


class ItemEdit(Edit):
    """What to change about an item."""

    title: Title = Field(default="")
    done: StrictBool = False


class ItemMove(Move):
    """Where an item was dropped; `checklist_id` when that is another checklist of the same task."""

    checklist_id: Id | None = None


class Checklist(Resource):
    """A titled list of things to tick off on a task."""

    id: str
    board_id: str
    task_id: str
    title: str
    position: str
    version: int


class Item(Resource):
    """One line of a checklist."""

    id: str
    board_id: str
    task_id: str
    checklist_id: str
    title: str
    position: str
    done: bool
    version: int


class ChecklistWithItems(Checklist):
    """A checklist and its items in order, as a list of checklists holds them."""

    items: list[Item]

    @classmethod
    def of(cls, view: ChecklistView) -> "ChecklistWithItems":
        """Return the resource of a checklist and its items."""
        own = Checklist.model_validate(view.checklist).model_dump()
        return cls(**own, items=[Item.model_validate(item) for item in view.items])
