"""How much of a recording was played in each pass of a coding, and how fast."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "played",
        sa.Column("coding_id", sa.String(length=64), nullable=False),
        sa.Column("pass_id", sa.String(length=64), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("played_us", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["coding_id"], ["coding.id"], name=op.f("fk_played_coding_id")),
        sa.PrimaryKeyConstraint("coding_id", "pass_id", "percent", name=op.f("pk_played")),
    )
