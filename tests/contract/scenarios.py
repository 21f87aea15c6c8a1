"""One scenario for each type of event: what a person does, by the API, to make it happen."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from board.domain.events import EventType
from tests.integration.conftest import Person

EXPORT = Path(__file__).parents[1] / "samples" / "trello-garden.json"


@dataclass(frozen=True)
class ScenarioBoard:
    """Anna's board, which scenarios change; Ben has an account. Every scenario makes what it needs."""

    anna: Person
    ben: Person
    id: str

    @property
    def path(self) -> str:
        return f"/boards/{self.id}"

    async def column(self, title: str = "To do") -> str:
        made = await self.anna.post(f"{self.path}/columns", {"title": title})
        return str(made["id"])

    async def task(self, **fields: Any) -> str:
        fields.setdefault("column_id", await self.column())
        made = await self.anna.post(f"{self.path}/tasks", {"title": "Dig", **fields})
        return str(made["id"])

    async def label(self) -> str:
        made = await self.anna.post(f"{self.path}/labels", {"name": "urgent", "color": "red"})
        return str(made["id"])

    async def checklist(self, task: str | None = None) -> str:
        task = task or await self.task()
        made = await self.anna.post(f"/tasks/{task}/checklists", {"title": "Steps"})
        return str(made["id"])

    async def item(self) -> str:
        made = await self.anna.post(f"/checklists/{await self.checklist()}/items", {"title": "Dig"})
        return str(made["id"])

    async def comment(self) -> str:
        made = await self.anna.post(f"/tasks/{await self.task()}/comments", {"body": "How deep?"})
        return str(made["id"])

    async def link(self) -> str:
        draft = {"name": "Plan", "url": "https://example.org/plan"}
        made = await self.anna.post(f"/tasks/{await self.task()}/attachments", draft)
        return str(made["id"])

    async def add_ben(self, role: str = "editor") -> str:
        """Make Ben a member, whether an earlier scenario has or not."""
        ben = f"{self.path}/members/{self.ben.id}"
        await self.anna.http.delete(f"/api/v1{ben}")
        await self.anna.post(f"{self.path}/members", {"user_id": self.ben.id, "role": role})
        return ben

    async def team(self) -> str:
        """A team with Ben in it, who is not a member by himself."""
        await self.anna.http.delete(f"/api/v1{self.path}/members/{self.ben.id}")
        made = await self.anna.post("/teams", {"name": f"Gardeners {uuid4()}"})
        await self.anna.post(f"/teams/{made['id']}/members", {"user_id": self.ben.id})
        return str(made["id"])

    async def put_team(self, team: str) -> str:
        """Put a team on the board."""
        await self.anna.post(f"{self.path}/members", {"team_id": team, "role": "editor"})
        return f"{self.path}/teams/{team}"


Scenario = Callable[[ScenarioBoard], Awaitable[Any]]
SCENARIOS: dict[EventType, Scenario] = {}


def scenario(type_: EventType) -> Callable[[Scenario], Scenario]:
    """Register what makes an event of this type."""

    def register(make: Scenario) -> Scenario:
        SCENARIOS[type_] = make
        return make

    return register


@scenario(EventType.BOARD_UPDATED)
async def update_board(on: ScenarioBoard) -> None:
    await on.anna.patch(on.path, {"title": "Allotment", "description": "Behind the **station**"})


@scenario(EventType.BOARD_ARCHIVED)
async def archive_board(on: ScenarioBoard) -> None:
    await on.anna.patch(on.path, {"archived": True})


@scenario(EventType.BOARD_RESTORED)
async def restore_board(on: ScenarioBoard) -> None:
    await on.anna.patch(on.path, {"archived": True})
    await on.anna.patch(on.path, {"archived": False})


@scenario(EventType.BOARD_IMPORTED)
async def import_board(on: ScenarioBoard) -> None:
    files = {"file": ("garden.json", EXPORT.read_bytes(), "application/json")}
    answer = await on.anna.http.post(f"/api/v1{on.path}/import", files=files)
    assert answer.status_code == 202, answer.text
    while (run := await on.anna.get(f"/imports/{answer.json()['id']}"))["status"] != "done":
        assert run["status"] != "failed", json.dumps(run)
        await asyncio.sleep(0.02)


@scenario(EventType.COLUMN_CREATED)
async def create_column(on: ScenarioBoard) -> None:
    await on.anna.post(f"{on.path}/columns", {"title": "Doing", "wip_limit": 3})


@scenario(EventType.COLUMN_UPDATED)
async def update_column(on: ScenarioBoard) -> None:
    await on.anna.patch(f"/columns/{await on.column()}", {"title": "Next", "wip_limit": 5})


@scenario(EventType.COLUMN_MOVED)
async def move_column(on: ScenarioBoard) -> None:
    first, second = await on.column("A"), await on.column("B")
    await on.anna.post(f"/columns/{second}/move", {"after": None, "before": first})


@scenario(EventType.COLUMN_ARCHIVED)
async def archive_column(on: ScenarioBoard) -> None:
    await on.anna.patch(f"/columns/{await on.column()}", {"archived": True})


@scenario(EventType.COLUMN_RESTORED)
async def restore_column(on: ScenarioBoard) -> None:
    column = await on.column()
    await on.anna.patch(f"/columns/{column}", {"archived": True})
    await on.anna.patch(f"/columns/{column}", {"archived": False})


@scenario(EventType.COLUMN_DELETED)
async def delete_column(on: ScenarioBoard) -> None:
    column = await on.column()
    await on.checklist(await on.task(column_id=column))
    await on.anna.delete(f"/columns/{column}")


@scenario(EventType.TASK_CREATED)
async def create_task(on: ScenarioBoard) -> None:
    await on.add_ben()
    dates = {"start_at": "2030-01-01T09:00:00+01:00", "due_at": "2030-02-01T00:00:00Z"}
    links = {"label_ids": [await on.label()], "assignee_ids": [on.ben.id]}
    await on.task(description="A metre *deep*", **dates, **links)


@scenario(EventType.TASK_UPDATED)
async def update_task(on: ScenarioBoard) -> None:
    await on.anna.patch(f"/tasks/{await on.task()}", {"title": "Dig deeper", "description": "With a spade"})


@scenario(EventType.TASK_MOVED)
async def move_task(on: ScenarioBoard) -> None:
    task, column = await on.task(), await on.column("Done")
    await on.anna.post(f"/tasks/{task}/move", {"column_id": column, "after": None, "before": None})


@scenario(EventType.TASK_ARCHIVED)
async def archive_task(on: ScenarioBoard) -> None:
    await on.anna.patch(f"/tasks/{await on.task()}", {"archived": True})


@scenario(EventType.TASK_RESTORED)
async def restore_task(on: ScenarioBoard) -> None:
    task = await on.task()
    await on.anna.patch(f"/tasks/{task}", {"archived": True})
    await on.anna.patch(f"/tasks/{task}", {"archived": False})


@scenario(EventType.TASK_COMPLETED)
async def complete_task(on: ScenarioBoard) -> None:
    await on.anna.patch(f"/tasks/{await on.task()}", {"completed": True})


@scenario(EventType.TASK_REOPENED)
async def reopen_task(on: ScenarioBoard) -> None:
    task = await on.task()
    await on.anna.patch(f"/tasks/{task}", {"completed": True})
    await on.anna.patch(f"/tasks/{task}", {"completed": False})


@scenario(EventType.TASK_DELETED)
async def delete_task(on: ScenarioBoard) -> None:
    task = await on.task(label_ids=[await on.label()])
    await on.checklist(task)
    await on.anna.delete(f"/tasks/{task}")


@scenario(EventType.TASK_LABELED)
async def label_task(on: ScenarioBoard) -> None:
    await on.anna.put(f"/tasks/{await on.task()}/labels/{await on.label()}")


@scenario(EventType.TASK_UNLABELED)
async def unlabel_task(on: ScenarioBoard) -> None:
    label = await on.label()
    await on.anna.delete(f"/tasks/{await on.task(label_ids=[label])}/labels/{label}")


@scenario(EventType.TASK_ASSIGNED)
async def assign_task(on: ScenarioBoard) -> None:
    await on.anna.put(f"/tasks/{await on.task()}/assignees/{on.anna.id}")


@scenario(EventType.TASK_UNASSIGNED)
async def unassign_task(on: ScenarioBoard) -> None:
    await on.anna.delete(f"/tasks/{await on.task(assignee_ids=[on.anna.id])}/assignees/{on.anna.id}")


@scenario(EventType.LABEL_CREATED)
async def create_label(on: ScenarioBoard) -> None:
    await on.label()


@scenario(EventType.LABEL_UPDATED)
async def update_label(on: ScenarioBoard) -> None:
    await on.anna.patch(f"/labels/{await on.label()}", {"name": "later", "color": "teal"})


@scenario(EventType.LABEL_DELETED)
async def delete_label(on: ScenarioBoard) -> None:
    label = await on.label()
    await on.task(label_ids=[label])
    await on.anna.delete(f"/labels/{label}")


@scenario(EventType.MEMBER_ADDED)
async def add_member(on: ScenarioBoard) -> None:
    await on.add_ben()


@scenario(EventType.MEMBER_UPDATED)
async def update_member(on: ScenarioBoard) -> None:
    await on.anna.patch(await on.add_ben(), {"role": "viewer"})


@scenario(EventType.MEMBER_REMOVED)
async def remove_member(on: ScenarioBoard) -> None:
    ben = await on.add_ben()
    await on.task(assignee_ids=[on.ben.id, on.anna.id])
    await on.anna.delete(ben)


@scenario(EventType.TEAM_ADDED)
async def add_team(on: ScenarioBoard) -> None:
    await on.put_team(await on.team())


@scenario(EventType.TEAM_UPDATED)
async def update_team(on: ScenarioBoard) -> None:
    await on.anna.patch(await on.put_team(await on.team()), {"role": "owner"})


@scenario(EventType.TEAM_REMOVED)
async def remove_team(on: ScenarioBoard) -> None:
    team = await on.put_team(await on.team())
    await on.task(assignee_ids=[on.ben.id])
    await on.anna.delete(team)


@scenario(EventType.CHECKLIST_CREATED)
async def create_checklist(on: ScenarioBoard) -> None:
    await on.checklist()


@scenario(EventType.CHECKLIST_UPDATED)
async def update_checklist(on: ScenarioBoard) -> None:
    await on.anna.patch(f"/checklists/{await on.checklist()}", {"title": "Tools"})


@scenario(EventType.CHECKLIST_MOVED)
async def move_checklist(on: ScenarioBoard) -> None:
    task = await on.task()
    first, second = await on.checklist(task), await on.checklist(task)
    await on.anna.post(f"/checklists/{second}/move", {"after": None, "before": first})


@scenario(EventType.CHECKLIST_DELETED)
async def delete_checklist(on: ScenarioBoard) -> None:
    checklist = await on.checklist()
    await on.anna.post(f"/checklists/{checklist}/items", {"title": "Spade"})
    await on.anna.delete(f"/checklists/{checklist}")


@scenario(EventType.ITEM_CREATED)
async def create_item(on: ScenarioBoard) -> None:
    await on.item()


@scenario(EventType.ITEM_UPDATED)
async def update_item(on: ScenarioBoard) -> None:
    await on.anna.patch(f"/items/{await on.item()}", {"title": "Rake"})


@scenario(EventType.ITEM_MOVED)
async def move_item(on: ScenarioBoard) -> None:
    checklist = await on.checklist()
    made = [await on.anna.post(f"/checklists/{checklist}/items", {"title": name}) for name in "AB"]
    await on.anna.post(f"/items/{made[1]['id']}/move", {"after": None, "before": made[0]["id"]})


@scenario(EventType.ITEM_CHECKED)
async def check_item(on: ScenarioBoard) -> None:
    await on.anna.patch(f"/items/{await on.item()}", {"done": True})


@scenario(EventType.ITEM_UNCHECKED)
async def uncheck_item(on: ScenarioBoard) -> None:
    item = await on.item()
    await on.anna.patch(f"/items/{item}", {"done": True})
    await on.anna.patch(f"/items/{item}", {"done": False})


@scenario(EventType.ITEM_DELETED)
async def delete_item(on: ScenarioBoard) -> None:
    await on.anna.delete(f"/items/{await on.item()}")


@scenario(EventType.COMMENT_CREATED)
async def create_comment(on: ScenarioBoard) -> None:
    await on.comment()


@scenario(EventType.COMMENT_UPDATED)
async def update_comment(on: ScenarioBoard) -> None:
    await on.anna.patch(f"/comments/{await on.comment()}", {"body": "A metre?"})


@scenario(EventType.COMMENT_DELETED)
async def delete_comment(on: ScenarioBoard) -> None:
    await on.anna.delete(f"/comments/{await on.comment()}")


@scenario(EventType.ATTACHMENT_ADDED)
async def add_attachment(on: ScenarioBoard) -> None:
    await on.link()


@scenario(EventType.ATTACHMENT_REMOVED)
async def remove_attachment(on: ScenarioBoard) -> None:
    await on.anna.delete(f"/attachments/{await on.link()}")
