"""In whose time zone an import writes dates with times into texts.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "imports", sa.Column("time_zone", sa.String(length=64), server_default=sa.text("''"), nullable=False)
    )


def downgrade() -> None:
    op.drop_column("imports", "time_zone")
