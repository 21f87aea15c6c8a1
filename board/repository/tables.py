"""The tables.

Children carry `board_id` and reference their parents by (board_id, id), so that the database itself refuses a row
that points into another board.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from board.domain import limits
from board.repository.types import Moment, Position

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = String(36)


def _id() -> Column[str]:
    return Column("id", Id, primary_key=True)


def _board_id(primary_key: bool = False) -> Column[str]:
    return Column(
        "board_id", Id, ForeignKey("boards.id", ondelete="CASCADE"), nullable=False, primary_key=primary_key
    )


def _user_id(name: str = "user_id", primary_key: bool = False) -> Column[str]:
    return Column(
        name, Id, ForeignKey("users.id", ondelete="CASCADE"), nullable=False, primary_key=primary_key
    )


def _maker(name: str) -> Column[str]:
    return Column(name, Id, ForeignKey("users.id", ondelete="SET NULL"), nullable=True, index=True)


def _moment(name: str, nullable: bool = False) -> Column[object]:
    return Column(name, Moment, nullable=nullable)


def _title(name: str = "title", length: int = limits.TITLE) -> Column[str]:
    return Column(name, String(length), nullable=False)


def _position() -> Column[str]:
    return Column("position", Position, nullable=False)


def _version() -> Column[int]:
    return Column("version", Integer, nullable=False)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _within_board(child: str, parent: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["board_id", child], [f"{parent}.board_id", f"{parent}.id"], ondelete="CASCADE"
    )


users = Table(
    "users",
    metadata,
    _id(),
    Column("email", String(limits.EMAIL), nullable=False, unique=True),
    Column("name", String(limits.NAME), nullable=False),
    Column("password_hash", String(255)),
    Column("is_admin", Boolean, nullable=False),
    Column("avatar_url", String(limits.URL)),
    _moment("disabled_at", nullable=True),
    Column("show_presence", Boolean, nullable=False),
    _moment("email_verified_at", nullable=True),
    Column("admin_by", String(limits.URL)),
    _moment("erased_at", nullable=True),
    _version(),
    _moment("created_at"),
    _moment("updated_at"),
    CheckConstraint("email = lower(email)", name="email_lower"),
)

identities = Table(
    "identities",
    metadata,
    Column("issuer", String(limits.URL), primary_key=True),
    Column("subject", String(255), primary_key=True),
    _user_id(),
    Column("email", String(limits.EMAIL)),
    _moment("created_at"),
    _moment("used_at", nullable=True),
    Index(None, "user_id"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", String(64), primary_key=True),
    _user_id(),
    Column("user_agent", String(300), nullable=False),
    Column("address", String(45), nullable=False),
    _moment("created_at"),
    _moment("seen_at"),
    _moment("expires_at"),
    Column("issuer", String(limits.URL)),
    Column("subject", String(255)),
    Column("provider_sid", String(255)),
    Column("id_token", Text),
    Index(None, "user_id"),
    Index(None, "expires_at"),
    Index(None, "issuer", "subject"),
)

tokens = Table(
    "tokens",
    metadata,
    _id(),
    _user_id(),
    Column("name", String(limits.NAME), nullable=False),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("scopes", JSON, nullable=False),
    _moment("created_at"),
    _moment("expires_at"),
    _moment("used_at", nullable=True),
    Index(None, "user_id"),
)

grants = Table(
    "grants",
    metadata,
    _id(),
    _user_id(),
    Column("name", String(limits.NAME), nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("secret_hash", String(64), nullable=False),
    _moment("created_at"),
    _moment("expires_at"),
    _moment("used_at", nullable=True),
    Index(None, "user_id"),
    Index(None, "expires_at"),
)

used_keys = Table(
    "spent",
    metadata,
    Column("key", String(64), primary_key=True),
    _moment("expires_at"),
    Index(None, "expires_at"),
)

consents = Table(
    "consents",
    metadata,
    _user_id(primary_key=True),
    Column("version", String(40), primary_key=True),
    Column("address", String(45), nullable=False),
    _moment("at"),
)

audit = Table(
    "audit",
    metadata,
    _id(),
    _moment("at"),
    Column("type", String(40), nullable=False),
    _maker("actor_id"),
    Column("actor_name", String(limits.NAME), nullable=False),
    _maker("user_id"),
    Column("board_id", Id),
    Column("address", String(45), nullable=False),
    Column("request_id", String(128), nullable=False),
    Column("detail", JSON, nullable=False),
    Index(None, "at"),
)

teams = Table(
    "teams",
    metadata,
    _id(),
    Column("name", String(limits.NAME), nullable=False, unique=True),
    _version(),
    _moment("created_at"),
    _moment("updated_at"),
)

team_members = Table(
    "team_members",
    metadata,
    Column("team_id", Id, ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True),
    _user_id(primary_key=True),
    Column("source", String(limits.URL)),
    _moment("created_at"),
    Index(None, "user_id"),
)

boards = Table(
    "boards",
    metadata,
    _id(),
    _title(),
    Column("description", Text, nullable=False),
    _count("seq"),
    _count("last_number"),
    _count("task_count"),
    _count("column_count"),
    _count("label_count"),
    _version(),
    _moment("archived_at", nullable=True),
    _moment("created_at"),
    _moment("updated_at"),
    Column("epoch", Id, nullable=False, server_default=text("''")),
    Column("last_mutation", Id, nullable=False, server_default=text("''")),
)

members = Table(
    "members",
    metadata,
    _board_id(primary_key=True),
    _user_id(primary_key=True),
    Column("role", SmallInteger, nullable=False),
    _moment("created_at"),
    CheckConstraint("role BETWEEN 1 AND 4", name="role"),
    Index(None, "user_id"),
)

board_teams = Table(
    "board_teams",
    metadata,
    _board_id(primary_key=True),
    Column("team_id", Id, ForeignKey("teams.id", ondelete="CASCADE"), primary_key=True),
    Column("role", SmallInteger, nullable=False),
    _moment("created_at"),
    CheckConstraint("role BETWEEN 1 AND 4", name="role"),
    Index(None, "team_id"),
)

invitations = Table(
    "invitations",
    metadata,
    _id(),
    _board_id(),
    Column("email", String(limits.EMAIL)),
    Column("role", SmallInteger, nullable=False),
    Column("secret_hash", String(64), nullable=False, unique=True),
    _maker("created_by"),
    _moment("created_at"),
    _moment("expires_at"),
    Column("max_uses", Integer),
    _count("uses"),
    CheckConstraint("role BETWEEN 1 AND 4", name="role"),
    Index(None, "board_id"),
    Index(None, "email"),
)

public_links = Table(
    "public_links",
    metadata,
    _board_id(primary_key=True),
    Column("nonce", String(64), nullable=False),
    _maker("created_by"),
    _moment("created_at"),
)

columns = Table(
    "columns",
    metadata,
    _id(),
    _board_id(),
    _title(),
    _position(),
    Column("wip_limit", Integer),
    _version(),
    _moment("archived_at", nullable=True),
    _moment("created_at"),
    _moment("updated_at"),
    UniqueConstraint("board_id", "id"),
    CheckConstraint("wip_limit > 0", name="wip_limit"),
    Index(None, "board_id", "position", "id"),
)

tasks = Table(
    "tasks",
    metadata,
    _id(),
    _board_id(),
    Column("column_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    _title(),
    Column("description", Text, nullable=False),
    _position(),
    _moment("start_at", nullable=True),
    _moment("due_at", nullable=True),
    _moment("completed_at", nullable=True),
    _moment("archived_at", nullable=True),
    _count("comment_count"),
    _count("checklist_done"),
    _count("checklist_total"),
    _count("attachment_count"),
    _version(),
    _maker("created_by"),
    _moment("created_at"),
    _moment("updated_at"),
    UniqueConstraint("board_id", "id"),
    UniqueConstraint("board_id", "number"),
    _within_board("column_id", "columns"),
    CheckConstraint("checklist_done BETWEEN 0 AND checklist_total", name="checklist"),
    Index(None, "board_id", "column_id", "position", "id"),
    Index(None, "board_id", "due_at"),
    Index(None, "board_id", "updated_at"),
)

labels = Table(
    "labels",
    metadata,
    _id(),
    _board_id(),
    Column("name", String(limits.NAME), nullable=False),
    Column("color", String(10), nullable=False),
    _version(),
    _moment("created_at"),
    UniqueConstraint("board_id", "id"),
)

task_labels = Table(
    "task_labels",
    metadata,
    _board_id(),
    Column("task_id", Id, nullable=False),
    Column("label_id", Id, nullable=False),
    PrimaryKeyConstraint("task_id", "label_id"),
    _within_board("task_id", "tasks"),
    _within_board("label_id", "labels"),
    Index(None, "board_id", "label_id"),
)

task_assignees = Table(
    "task_assignees",
    metadata,
    _board_id(),
    Column("task_id", Id, nullable=False),
    _user_id(),
    PrimaryKeyConstraint("task_id", "user_id"),
    _within_board("task_id", "tasks"),
    Index(None, "board_id", "user_id"),
    Index(None, "user_id"),
)

checklists = Table(
    "checklists",
    metadata,
    _id(),
    _board_id(),
    Column("task_id", Id, nullable=False),
    _title(),
    _position(),
    _version(),
    UniqueConstraint("board_id", "id"),
    _within_board("task_id", "tasks"),
    Index(None, "board_id", "task_id", "position", "id"),
)

items = Table(
    "checklist_items",
    metadata,
    _id(),
    _board_id(),
    Column("task_id", Id, nullable=False),
    Column("checklist_id", Id, nullable=False),
    _title(),
    _position(),
    Column("done", Boolean, nullable=False),
    _version(),
    _within_board("task_id", "tasks"),
    _within_board("checklist_id", "checklists"),
    Index(None, "board_id", "task_id"),
    Index(None, "board_id", "checklist_id", "position", "id"),
)

comments = Table(
    "comments",
    metadata,
    _id(),
    _board_id(),
    Column("task_id", Id, nullable=False),
    _maker("author_id"),
    Column("author_name", String(limits.NAME), nullable=False),
    Column("body", Text, nullable=False),
    _version(),
    _moment("created_at"),
    _moment("updated_at"),
    _within_board("task_id", "tasks"),
    Index(None, "board_id", "task_id", "created_at", "id"),
)

attachments = Table(
    "attachments",
    metadata,
    _id(),
    _board_id(),
    Column("task_id", Id, nullable=False),
    _title("name"),
    Column("url", String(limits.URL), nullable=False),
    Column("kind", String(4), nullable=False),
    Column("media_type", String(255)),
    Column("size", Integer),
    _maker("created_by"),
    _moment("created_at"),
    CheckConstraint("kind IN ('link', 'file')", name="kind"),
    _within_board("task_id", "tasks"),
    Index(None, "board_id", "task_id", "created_at", "id"),
)

events = Table(
    "events",
    metadata,
    _board_id(primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("type", String(40), nullable=False),
    _moment("at"),
    _maker("actor_id"),
    Column("actor_name", String(limits.NAME), nullable=False),
    Column("mutation", Id, nullable=False),
    Column("changes", JSON, nullable=False),
    Column("before", JSON, nullable=False),
    Column("task_id", Id),
    Column("origin", Integer),
    Column("size", Integer),
    Column("before_size", Integer),
    UniqueConstraint("board_id", "mutation"),
    CheckConstraint("seq > 0", name="seq"),
    Index(None, "board_id", "task_id", "seq"),
    Index(None, "board_id", "actor_id", "seq"),
)

log_origin = Table(
    "log_origin",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("value", Text, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    _board_id(primary_key=True),
    _user_id(primary_key=True),
    _count("seq"),
    _moment("at"),
    Index(None, "user_id"),
)

receipts = Table(
    "receipts",
    metadata,
    Column("scope", String(36), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("seq", Integer),
    Column("body", LargeBinary, nullable=False),
    _moment("created_at"),
    Index(None, "created_at"),
)

imports = Table(
    "imports",
    metadata,
    _id(),
    _user_id(),
    Column("board_id", Id, ForeignKey("boards.id", ondelete="SET NULL")),
    Column("file_name", String(limits.TITLE), nullable=False),
    Column("people", JSON, nullable=False),
    Column("status", String(10), nullable=False),
    Column("done", BigInteger, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("report", JSON, nullable=False),
    Column("error", Text),
    _moment("created_at"),
    _moment("updated_at"),
    Column("time_zone", String(limits.TIME_ZONE), nullable=False, server_default=text("''")),
    CheckConstraint("status IN ('queued', 'running', 'done', 'failed')", name="status"),
    Index(None, "user_id", "created_at"),
    Index(None, "board_id"),
)
