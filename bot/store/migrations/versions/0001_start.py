"""The tables that everything starts from, room by room, and the lock on the audit log."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

#: later tables first, so that nothing points to a table that is gone
TABLES = (
    *("auditentry", "blob", "delivery", "post", "due", "story", "change", "hiddenwords", "transcript", "recording"),
    *("rolegrant", "consent", "member"),
)
NOT_SAID = "not said"


def upgrade() -> None:
    """Makes every table."""
    people()
    permissions()
    interviews()
    stories()
    schedule()
    slack()
    store()
    lock_the_audit_log()


def downgrade() -> None:
    """Takes every table away."""
    for name in TABLES:
        op.drop_table(name)
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def people() -> None:
    """Members and the bands they are known in."""
    table(
        "member",
        text("slack_id", 32),
        locked("name"),
        locked("slack_name"),
        locked("organisation"),
        locked("place"),
        choice("organisation_kind", "organisationkind", NOT_SAID, *ORGANISATIONS),
        choice("profession", "profession", NOT_SAID, *PROFESSIONS),
        choice("setting", "setting", NOT_SAID, "urban", "rural", "coastal", "mixed"),
        choice("region", "region", NOT_SAID, *REGIONS),
        choice("gender", "gender", NOT_SAID, "woman", "man", "another"),
        choice("age_band", "ageband", NOT_SAID, "under 40", "40 to 54", "55 and over"),
        choice("career_stage", "careerstage", NOT_SAID, "emerging", "established", "senior"),
        text("languages", 200),
        text("time_zone", 64),
        text("working_days", 64),
        choice("nation", "nation", NOT_SAID, "England", "Wales", "Scotland", "Northern Ireland"),
        moment("joined_at"),
        moment("left_at", nullable=True),
        sa.UniqueConstraint("workspace", "slack_id"),
    )


def permissions() -> None:
    """What members allow, and what they are to the community."""
    scopes = ("record", "transcribe", "share", "quote", "actor_voice", "tag_line", "on_the_record")
    table(
        "consent",
        text("member_id", 32, sa.ForeignKey("member.id"), index=True),
        choice("scope", "scope", *scopes),
        number("turn"),
        sa.Column("given", sa.Boolean(), nullable=False),
        text("wording_version", 16),
        moment("decided_at"),
        sa.UniqueConstraint("member_id", "scope", "turn"),
    )
    table(
        "rolegrant",
        text("member_id", 32, sa.ForeignKey("member.id"), index=True),
        choice("role", "role", "leader", "interviewer", "facilitator", "transcriber", "operator"),
        text("granted_by", 64),
        moment("revoked_at", nullable=True),
    )


def interviews() -> None:
    """Voice notes on their way to a draft."""
    table(
        "recording",
        text("member_id", 32, index=True),
        text("file_id", 32, index=True),
        number("turn"),
        text("channel", 32),
        choice("stage", "stage", "received", "fetched", "heard", "drafted", "refused", "withdrawn"),
        number("tries"),
        sa.Column("failed", sa.Boolean(), nullable=False),
        text("blob_id", 32, nullable=True),
        text("fingerprint", 64, nullable=True),
        sa.Column("seconds", sa.Float()),
        locked("raw", nullable=True),
        locked("clip_link", nullable=True),
        moment("clip_gone_at", nullable=True),
        sa.UniqueConstraint("workspace", "file_id", "turn"),
    )


def stories() -> None:
    """Transcripts, what was hidden in them, changes under way, and what was signed off."""
    table(
        "transcript",
        text("member_id", 32, index=True),
        text("recording_id", 32),
        choice("state", "state", "draft", "approved", "published", "withdrawn"),
        number("version"),
        sa.Column("changing", sa.Boolean(), nullable=False),
        locked("draft", nullable=True),
        moment("decided_at", nullable=True),
        sa.UniqueConstraint("recording_id"),
    )
    table("hiddenwords", text("transcript_id", 32), locked("words"), sa.UniqueConstraint("transcript_id"))
    table(
        "change",
        text("transcript_id", 32, index=True),
        number("from_version"),
        choice("kind", "changekind", "edit", "hide", "put back"),
        locked("content"),
        sa.UniqueConstraint("transcript_id", "from_version"),
    )
    table(
        "story",
        text("transcript_id", 32),
        text("name", 32),
        locked("text"),
        moment("published_at", nullable=True),
        sa.UniqueConstraint("transcript_id"),
        sa.UniqueConstraint("name"),
    )


def schedule() -> None:
    """What is due."""
    reminders = ("draft reminder", "last draft reminder")
    deletions = ("raw deletion", "failed recording deletion")
    table(
        "due",
        choice("kind", "kind", "fetch again", *reminders, *deletions, "publish again", "withdraw again"),
        text("subject", 64, index=True),
        moment("due_at", index=True),
        moment("done_at", nullable=True),
        sa.UniqueConstraint("workspace", "kind", "subject", "due_at"),
    )


def slack() -> None:
    """Messages that were meant, and where they are."""
    table(
        "post",
        text("key", 120),
        text("channel", 32),
        text("ts", 32, nullable=True),
        sa.UniqueConstraint("workspace", "key"),
    )


def store() -> None:
    """Files and their keys, what Slack told us, and the audit log."""
    table("blob", text("name", 64), locked("wrapped_key"), number("size"))
    table("delivery", text("key", 200), sa.UniqueConstraint("workspace", "key"))
    table("auditentry", text("actor", 64), text("action", 64), text("subject", 64), text("detail", 200))


def lock_the_audit_log() -> None:
    """Its rows are added and never changed: the database itself sees to it, whoever asks."""
    refusal = "the audit log is append-only"
    if op.get_context().dialect.name == "postgresql":
        body = f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
        op.execute(f"CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS {body}")
        when = "BEFORE UPDATE OR DELETE OR TRUNCATE ON auditentry FOR EACH STATEMENT"
        op.execute(f"CREATE TRIGGER auditentry_append_only {when} EXECUTE FUNCTION refuse_change()")
        return
    for change in ("UPDATE", "DELETE"):
        when = f"BEFORE {change} ON auditentry"
        op.execute(f"CREATE TRIGGER auditentry_no_{change.lower()} {when} BEGIN SELECT RAISE(ABORT, '{refusal}'); END")


# --- words of this revision, kept here so that it always means the same ---

ORGANISATIONS = (
    *("practice", "PCN", "federation", "collaborative", "pharmacy", "optical practice", "dental practice"),
    *("audiology service", "community service", "ambulance service", "trust", "voluntary organisation", "other"),
)
PROFESSIONS = (
    *("GP", "practice manager", "practice nurse", "district nurse", "community pharmacist", "optometrist", "dentist"),
    *("audiologist", "physiotherapist", "occupational therapist", "paramedic", "social prescriber", "manager", "other"),
)
REGIONS = (
    *("East of England", "London", "Midlands", "North East and Yorkshire", "North West", "South East", "South West"),
    *("Wales", "Scotland", "Northern Ireland"),
)


def table(name: str, *parts: sa.schema.SchemaItem) -> None:
    """A table with what every row has, and parts of its own."""
    every_row = (
        sa.Column("id", sa.String(32), primary_key=True),
        text("workspace", 32, index=True),
        moment("made_at"),
    )
    op.create_table(name, *every_row, *parts)


def text(name: str, longest: int, *links: sa.ForeignKey, nullable: bool = False, index: bool = False) -> sa.Column[str]:
    """Plain text."""
    return sa.Column(name, sa.String(longest), *links, nullable=nullable, index=index)


def locked(name: str, nullable: bool = False) -> sa.Column[bytes]:
    """What only the master key can read."""
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def choice(name: str, kind: str, *words: str) -> sa.Column[str]:
    """One of some words."""
    kept = sa.Enum(*words, name=kind, native_enum=False, create_constraint=True, length=40)
    return sa.Column(name, kept, nullable=False)


def number(name: str) -> sa.Column[int]:
    """A whole number."""
    return sa.Column(name, sa.Integer(), nullable=False)


def moment(name: str, nullable: bool = False, index: bool = False) -> sa.Column[datetime]:
    """A point in time."""
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, index=index)
