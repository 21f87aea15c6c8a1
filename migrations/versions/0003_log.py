"""What names a board's log, tells its last change, and bounds the answers made from it.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("epoch", "last_mutation"):
        op.add_column(
            "boards", sa.Column(name, sa.String(length=36), server_default=sa.text("''"), nullable=False)
        )
    for name in ("size", "before_size"):
        op.add_column("events", sa.Column(name, sa.Integer(), nullable=True))
    op.create_table(
        "log_origin",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_log_origin")),
    )


def downgrade() -> None:
    op.drop_table("log_origin")
    for name in ("before_size", "size"):
        op.drop_column("events", name)
    for name in ("last_mutation", "epoch"):
        op.drop_column("boards", name)
