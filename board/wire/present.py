"""Domain objects as the resources that stand for them: the one map from the inside to the outside."""

from typing import Any

from board.domain import account as domain_account
from board.domain import board as domain_board
from board.domain import imports as domain_imports
from board.domain import task as domain_task
from board.domain import team as domain_team
from board.domain.consent import Consent
from board.domain.diagnosis import Finding
from board.service.account_rows import PersonRow
from board.service.activity import Activity
from board.service.audit import AuditView
from board.service.boards import BoardView, Snapshot
from board.service.checklists import ChecklistView
from board.service.grants import IssuedGrant
from board.service.history import Step
from board.service.identities import IdentityView, Unlinked
from board.service.invitations import IssuedInvitation
from board.service.public_links import OpenLink
from board.service.sessions import SessionView
from board.service.teams import TeamView
from board.service.tokens import IssuedToken
from board.wire import (
    accounts,
    attachments,
    boards,
    checklists,
    columns,
    comments,
    diagnosis,
    grants,
    history,
    identities,
    labels,
    members,
    people,
    privacy,
    sharing,
    tasks,
    teams,
)
from board.wire.fields import Resource
from board.wire.imports import Import

_RESOURCES: dict[type[Any], type[Resource]] = {
    domain_board.Column: columns.Column,
    domain_board.Label: labels.Label,
    domain_board.Member: members.Member,
    domain_team.BoardTeam: teams.BoardTeam,
    domain_team.TeamMember: teams.TeamMember,
    TeamView: teams.Team,
    Finding: diagnosis.Finding,
    PersonRow: people.Person,
    domain_task.Task: tasks.Task,
    domain_task.Checklist: checklists.Checklist,
    domain_task.Item: checklists.Item,
    domain_task.Comment: comments.Comment,
    domain_task.Attachment: attachments.Attachment,
    domain_account.User: accounts.User,
    domain_account.Token: accounts.Token,
    domain_account.Grant: grants.Grant,
    SessionView: accounts.Session,
    IdentityView: identities.Identity,
    Unlinked: people.Unlinked,
    Consent: privacy.Consent,
    Activity: history.Activity,
    OpenLink: sharing.PublicLink,
    Step: history.Step,
}


def present(value: Any) -> Any:
    """Return the JSON-able form of what a service answered."""
    if isinstance(value, BoardView):
        return boards.Board.of(value).model_dump()
    if isinstance(value, domain_board.Board):
        return boards.board_fields(value)
    if isinstance(value, Snapshot):
        return boards.snapshot_fields(value)
    if isinstance(value, ChecklistView):
        return checklists.ChecklistWithItems.of(value).model_dump()
    if isinstance(value, domain_imports.Import):
        return Import.of(value).model_dump()
    if isinstance(value, IssuedGrant):
        return grants.IssuedGrant.of(value).model_dump()
    if isinstance(value, AuditView):
        return privacy.AuditEntry.of(value).model_dump()
    if isinstance(value, IssuedInvitation):
        return sharing.IssuedInvitation.made(value).model_dump()
    if isinstance(value, IssuedToken):
        return accounts.IssuedToken.of(value).model_dump()
    if isinstance(value, list | tuple):
        return [present(one) for one in value]
    resource = _RESOURCES.get(type(value))
    return value if resource is None else resource.model_validate(value).model_dump()
