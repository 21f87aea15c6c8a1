"""Two boards of different people, and a fresh thing of any kind on them."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from board.domain.board import Role
from tests.contract.callers import Caller, Callers
from tests.integration.conftest import PASSWORD, Person

MEMBER_ROLES = (Role.VIEWER, Role.COMMENTER, Role.EDITOR)
LINK = {"name": "Plan", "url": "https://example.org/plan"}


@dataclass
class SampleBoard:
    """A board with one of each thing that others hang on; `members` are the people on it beside the owner."""

    callers: Callers
    owner: Person
    members: dict[str, str]
    board: str = ""
    column: str = ""
    task: str = ""
    checklist: str = ""
    fixed: dict[str, str] = field(default_factory=dict)

    async def create(self) -> "SampleBoard":
        """Make the board and what everything else hangs on."""
        self.board = await self.fresh_board()
        self.column = await self.made(f"/boards/{self.board}/columns", {"title": "To do"})
        self.task = await self.made(f"/boards/{self.board}/tasks", {"column_id": self.column, "title": "Dig"})
        self.checklist = await self.made(f"/tasks/{self.task}/checklists", {"title": "Steps"})
        return self

    async def made(self, path: str, body: Any, by: Person | None = None) -> str:
        """The id of what a POST makes."""
        return str((await (by or self.owner).post(path, body))["id"])

    async def fresh_board(self) -> str:
        """Another board of the same people."""
        board = await self.made("/boards", {"title": "Garden"})
        for user, role in self.members.items():
            await self.owner.post(f"/boards/{board}/members", {"user_id": user, "role": role})
        return board

    async def id(self, name: str, who: Caller) -> str:
        """The id of a fresh thing, by the name that paths have for it; one's own where it is about oneself."""
        maker: Callable[[Caller], Awaitable[str]] | None = getattr(self, f"make_{name}", None)
        assert maker is not None, (
            f"nothing is known of the path parameter {name!r}: teach tests/contract/sample_board.py"
        )
        return await maker(who)

    async def make_board_id(self, _who: Caller) -> str:
        return self.board

    async def make_column_id(self, _who: Caller) -> str:
        return await self.made(f"/boards/{self.board}/columns", {"title": "Doing"})

    async def make_task_id(self, _who: Caller) -> str:
        return await self.made(f"/boards/{self.board}/tasks", {"column_id": self.column, "title": "Dig"})

    async def make_label_id(self, _who: Caller) -> str:
        return await self.made(f"/boards/{self.board}/labels", {"color": "red"})

    async def make_checklist_id(self, _who: Caller) -> str:
        return await self.made(f"/tasks/{self.task}/checklists", {"title": "Steps"})

    async def make_item_id(self, _who: Caller) -> str:
        return await self.made(f"/checklists/{self.checklist}/items", {"title": "Spade"})

    async def make_comment_id(self, who: Caller) -> str:
        """Their own if they can write one, else the owner's."""
        writes = who.role is not None and who.role >= Role.COMMENTER
        by = who.person if writes and who.http is (who.person and who.person.http) else self.owner
        return await self.made(f"/tasks/{self.task}/comments", {"body": "How deep?"}, by)

    async def make_attachment_id(self, _who: Caller) -> str:
        """A file, since a link has no content."""
        files = {"file": ("plan.txt", b"a plan")}
        answer = await self.owner.http.post(f"/api/v1/tasks/{self.task}/attachments", files=files)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    async def make_user_id(self, _who: Caller) -> str:
        """A member who is not one of the callers."""
        person = await self.callers.person("extra")
        await self.owner.post(f"/boards/{self.board}/members", {"user_id": person.id, "role": "editor"})
        return person.id

    async def make_session_id(self, who: Caller) -> str:
        """Another browser of theirs."""
        person = who.person or self.owner
        http = self.callers.open_client()
        account = {"email": person.user["email"], "password": PASSWORD}
        assert (await http.post("/api/v1/session", json=account)).is_success
        here = (await person.get("/me/sessions"))["items"]
        return str(next(one["id"] for one in here if not one["current"]))

    async def make_token_id(self, who: Caller) -> str:
        wanted = {"name": "script", "scopes": ["read"], "expires_in_days": 1}
        return await self.made("/me/tokens", wanted, who.person)

    async def make_grant_id(self, who: Caller) -> str:
        return await self.made("/me/grants", {"name": "script", "scopes": ["read"]}, who.person)

    async def make_team_id(self, _who: Caller) -> str:
        """A team of the owner's that is on the board."""
        self.callers.made += 1
        team = await self.made("/teams", {"name": f"Team {self.callers.made}"}, self.callers.admin)
        await self.callers.admin.post(f"/teams/{team}/members", {"user_id": self.owner.id})
        await self.owner.post(f"/boards/{self.board}/members", {"team_id": team, "role": "viewer"})
        return team

    async def make_invitation_id(self, _who: Caller) -> str:
        return str((await self.invite())["id"])

    async def make_secret(self, _who: Caller) -> str:
        return str((await self.invite())["secret"])

    async def invite(self) -> Any:
        """An invitation to a board of its own: to accept it changes nothing for the others."""
        return await self.owner.post(f"/boards/{await self.fresh_board()}/invitations", {"role": "viewer"})

    async def make_provider(self, _who: Caller) -> str:
        return "example"

    async def make_import_id(self, who: Caller) -> str:
        """A small import of theirs."""
        return await self.imported(who.person or self.owner)

    async def imported(self, by: Person) -> str:
        """The id of a small import."""
        answer = await by.http.post("/api/v1/imports", files={"file": ("garden.json", EXPORT)})
        assert answer.status_code == 202, answer.text
        return str(answer.json()["id"])


EXPORT = b'{"id": "65a0", "name": "Garden", "lists": [], "cards": [], "actions": [], "members": []}'
