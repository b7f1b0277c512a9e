"""What trust needs kept: risks and looked-at lines, voices, stretches played, openings of raw words, exports."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds columns and tables, room by room."""
    review()
    voices()
    sharing()
    desk()
    more_is_due()


def downgrade() -> None:
    """Takes them away again."""
    less_is_due()
    no_desk()
    no_sharing()
    no_voices()
    no_review()


def review() -> None:
    """What looking through a draft needs: its risks, and how far its leader has come."""
    op.add_column("transcript", sa.Column("risks", sa.LargeBinary(), nullable=True))
    op.add_column("transcript", sa.Column("looked", sa.LargeBinary(), nullable=True))
    choose("change", "kind", "changekind", CHANGES, (*CHANGES, "looked through"))


def no_review() -> None:
    """The same, backwards: a change that the older program can't work in goes, its words stay as they are."""
    op.execute("UPDATE transcript SET changing = FALSE WHERE id IN "
               "(SELECT transcript_id FROM change WHERE kind = 'looked through')")  # fmt: skip
    op.execute("DELETE FROM change WHERE kind = 'looked through'")
    choose("change", "kind", "changekind", (*CHANGES, "looked through"), CHANGES)
    op.drop_column("transcript", "looked")
    op.drop_column("transcript", "risks")


def sharing() -> None:
    """What is printed beside a story, where stories were exported to, and what a withdrawal took back."""
    op.add_column("story", sa.Column("tag_line", sa.LargeBinary(), nullable=True))
    table(
        "export",
        sa.Column("folder", sa.LargeBinary(), nullable=False),
        sa.Column("names", sa.LargeBinary(), nullable=False),
    )
    table(
        "tagline",
        sa.Column("member_id", sa.String(32), nullable=False, unique=True),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
    )
    table(
        "receipt",
        sa.Column("transcript_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("what", sa.String(80), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("beyond", sa.String(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("transcript_id", "name"),
    )


def no_sharing() -> None:
    """The same, backwards."""
    op.drop_table("receipt")
    op.drop_table("tagline")
    op.drop_table("export")
    op.drop_column("story", "tag_line")


def desk() -> None:
    """Each time that the transcriber opened raw words, and leaders who asked for their ear."""
    table(
        "opening",
        sa.Column("transcript_id", sa.String(32), nullable=False, index=True),
        sa.Column("recording_id", sa.String(32), nullable=False, index=True),
        sa.Column("by", sa.String(32), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("why", _one_of(("word", "unclear", "asked", "other"), "why"), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.UniqueConstraint("transcript_id", "by", "turn"),
    )
    table(
        "earasked",
        sa.Column("transcript_id", sa.String(32), nullable=False, unique=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
    )


def no_desk() -> None:
    """The same, backwards."""
    op.drop_table("earasked")
    op.drop_table("opening")


def more_is_due() -> None:
    """Things that are due from now on."""
    choose("due", "kind", "kind", DUES, DUES + NEW_DUES)


def less_is_due() -> None:
    """The same, backwards: what the older program knows nothing of is not due any more."""
    due = sa.table("due", sa.column("kind", sa.String()))
    op.execute(due.delete().where(due.c.kind.in_(NEW_DUES)))
    choose("due", "kind", "kind", DUES + NEW_DUES, DUES)


def voices() -> None:
    """Which of two voices is the leader's own, and stretches of a recording that are heard again."""
    choose("recording", "stage", "stage", STAGES, (*STAGES, "voices"))
    with op.batch_alter_table("recording") as batch:
        batch.add_column(sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("whose", _one_of(("first", "second", "both"), "whose"), nullable=True))
        batch.add_column(sa.Column("answers", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("recording") as batch:
        batch.alter_column("answers", server_default=None)
    table(
        "played",
        sa.Column("recording_id", sa.String(32), nullable=False, index=True),
        sa.Column("slack_id", sa.String(32), nullable=False),
        sa.Column("start", sa.Float(), nullable=False),
        sa.Column("end", sa.Float(), nullable=False),
        sa.Column("goes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_id", sa.String(32), nullable=True),
        sa.Column("arrived", sa.Boolean(), nullable=False),
    )


def no_voices() -> None:
    """The same, backwards: who was asked is at the point before it, and is heard again by [Try again]."""
    op.drop_table("played")
    with op.batch_alter_table("recording") as batch:
        batch.drop_constraint(op.f("ck_recording_whose"), type_="check")
        for name in ("answers", "whose", "asked_at"):
            batch.drop_column(name)
    op.execute("UPDATE recording SET stage = 'fetched', failed = TRUE WHERE stage = 'voices'")
    choose("recording", "stage", "stage", (*STAGES, "voices"), STAGES)


# --- words of this revision, kept here so that it always means the same ---

CHANGES = ("edit", "hide", "put back")
STAGES = ("received", "fetched", "heard", "drafted", "refused", "withdrawn")
DUES = (
    *("fetch again", "draft reminder", "last draft reminder", "raw deletion", "failed recording deletion"),
    *("publish again", "withdraw again"),
)
NEW_DUES = (
    *("snippet deletion", "voices reminder", "last voices reminder", "draft clearing", "retell"),
    *("desk closes", "desk catches up"),
)


def table(name: str, *parts: sa.schema.SchemaItem) -> None:
    """A table with what every row has, and parts of its own."""
    every_row = (
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("workspace", sa.String(32), nullable=False, index=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(name, *every_row, *parts)


def choose(table: str, column: str, kind: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Other words for a column that holds one of some; it must be the only such column of its table."""
    with op.batch_alter_table(table) as batch:
        batch.alter_column(column, existing_type=_one_of(before, kind), type_=_one_of(after, kind))


def _one_of(words: tuple[str, ...], kind: str) -> sa.Enum:
    return sa.Enum(*words, name=kind, native_enum=False, create_constraint=True, length=40)
