"""The way of a database from nothing to the tables of today, and back, on SQLite and PostgreSQL."""

import logging
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from bot.people.models import Consent, Member, Scope
from bot.store import migrate
from bot.store.crypto import Keyring
from bot.store.engine import DatabaseAway, Store
from bot.tables import METADATA, revise

from .samples import member


def shape(store: Store) -> dict[str, Any]:
    """All that a database tells of its tables, but Alembic's own."""
    look = sa.inspect(store.engine)
    return {name: _shape_of(look, name) for name in look.get_table_names() if name != "alembic_version"}


def _shape_of(look: sa.Inspector, name: str) -> dict[str, Any]:
    columns = {each["name"]: (str(each["type"]), each["nullable"]) for each in look.get_columns(name)}
    facts: list[Any] = [
        look.get_check_constraints(name),
        look.get_unique_constraints(name),
        look.get_foreign_keys(name),
        look.get_indexes(name),
    ]
    named = {each["name"]: {key: str(value) for key, value in each.items()} for group in facts for each in group}
    return {"columns": columns, "key": look.get_pk_constraint(name), **named}


def leftovers(store: Store) -> list[str]:
    """Everything in the database that a migration could have left behind."""
    sqlite = "SELECT name FROM sqlite_master WHERE sql IS NOT NULL"
    postgresql = """
        SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind <> 'i'
        UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        UNION SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
        UNION SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"""
    with store.engine.connect() as connection:
        found = connection.exec_driver_sql(sqlite if store.url.startswith("sqlite") else postgresql).scalars()
        return sorted(set(found) - {"alembic_version"})


@pytest.fixture
def workshop(tmp_path: Path) -> Path:
    """A copy of the migrations, to add to."""
    return Path(shutil.copytree(migrate.FOLDER, tmp_path / "migrations", ignore=shutil.ignore_patterns("__pycache__")))


def add_revision(workshop: Path, *lines: str) -> None:
    text = ["from alembic import op", 'revision, down_revision = "0003", "0002"', "def upgrade():", *lines]
    (workshop / "versions" / "0003_more.py").write_text("\n".join([*text, "def downgrade():", "    pass"]))


def test_a_new_database_gets_every_table_of_every_room(store: Store) -> None:
    assert set(shape(store)) == set(METADATA.tables)
    assert migrate.differences(store, METADATA) == []
    assert migrate.current(store) == migrate.head()


def test_the_migrations_make_exactly_what_the_models_say(store: Store) -> None:
    migrated = shape(store)
    migrate.downgrade(store)
    METADATA.create_all(store.engine)
    assert migrated == shape(store)


def test_a_database_without_tables_is_at_no_revision(empty: Store) -> None:
    assert migrate.current(empty) is None
    assert migrate.differences(empty, METADATA)


def test_going_back_to_nothing_leaves_nothing_behind_and_the_way_is_open_again(store: Store) -> None:
    migrate.downgrade(store)
    assert leftovers(store) == []
    assert migrate.current(store) is None
    migrate.upgrade(store)
    assert migrate.differences(store, METADATA) == []


def test_upgrading_again_changes_nothing_and_keeps_what_is_there(store: Store) -> None:
    with store.session() as session:
        session.add(member("UAMINA"))
    before = shape(store)
    migrate.upgrade(store)
    assert shape(store) == before
    with store.session() as session:
        assert len(session.exec(sa.select(Member)).all()) == 1


def test_two_processes_may_upgrade_at_the_same_moment(empty: Store, childs_environment: dict[str, str]) -> None:
    program = (
        "import sys; from bot.store.crypto import Keyring; from bot.store.engine import Store;"
        "from bot.store.migrate import upgrade;"
        "store = Store(sys.argv[1], Keyring([sys.argv[2]])); upgrade(store); store.close()"
    )
    command = [sys.executable, "-W", "error", "-c", program, empty.url, Fernet.generate_key().decode()]
    how = {"stderr": subprocess.PIPE, "text": True, "env": childs_environment}
    started = [subprocess.Popen(command, **how) for _ in range(2)]
    assert [process.communicate(timeout=60)[1] for process in started] == ["", ""]
    assert migrate.differences(empty, METADATA) == []


def test_an_upgrade_says_nothing(
    empty: Store, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.INFO)
    migrate.upgrade(empty)
    assert not caplog.records
    assert capfd.readouterr() == ("", "")


def test_a_migration_that_fails_leaves_the_database_as_it_was_and_says_why(store: Store, workshop: Path) -> None:
    before = shape(store)
    add_revision(workshop, '    op.execute("CREATE TABLE half (id INTEGER)")', '    op.execute("DROP TABLE nowhere")')
    with pytest.raises(migrate.UpgradeFailed, match=r"left it as it was.*nowhere"):
        migrate.upgrade(store, folder=workshop)
    assert shape(store) == before
    assert migrate.current(store) == "0002"


def test_a_table_that_is_made_anew_keeps_the_rows_that_point_to_it(store: Store, workshop: Path) -> None:
    with store.session() as session:
        amina = member("UAMINA")
        session.add(amina)
        session.flush()
        session.add(consent_of(amina))
    add_revision(
        workshop,
        '    with op.batch_alter_table("member") as batch:',
        '        batch.alter_column("languages", nullable=True)',
    )
    migrate.upgrade(store, folder=workshop)
    with store.session() as session:
        assert len(session.exec(sa.select(Consent)).all()) == 1
    with pytest.raises(sa.exc.IntegrityError), store.session() as session:
        session.add(consent_of(member("UNOBODY")))


def test_a_migration_may_not_leave_rows_that_point_nowhere(store: Store, workshop: Path) -> None:
    with store.session() as session:
        amina = member("UAMINA")
        session.add(amina)
        session.flush()
        session.add(consent_of(amina))
    add_revision(workshop, '    op.execute("DELETE FROM member")')
    with pytest.raises((migrate.LinksBroken, migrate.UpgradeFailed)):
        migrate.upgrade(store, folder=workshop)
    with store.session() as session:
        assert session.get(Member, amina.id)


def consent_of(whom: Member) -> Consent:
    facts = {"workspace": "T1", "turn": 1, "given": True, "wording_version": "v1"}
    return Consent(**facts, member_id=whom.id, scope=Scope.RECORD, decided_at=whom.joined_at)


def test_a_database_of_a_newer_bot_is_left_alone(store: Store) -> None:
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(migrate.DatabaseNewer, match="newer Collaborate"):
        migrate.upgrade(store)
    assert migrate.current(store) == "9999"


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all/x.db", "postgresql://nobody@127.0.0.1:9/nothing"])
def test_a_database_that_is_away_is_said_in_a_sentence(url: str, keyring: Keyring) -> None:
    away = Store(url, keyring)
    for ask in (migrate.upgrade, migrate.current):
        with pytest.raises(DatabaseAway, match="DATABASE_URL"):
            ask(away)


def test_a_developer_gets_the_next_migration_written_in_plain_types(workshop: Path, keyring: Keyring) -> None:
    first = workshop / "versions" / "0001_start.py"
    first.write_text(first.read_text().replace('        locked("clip_link", nullable=True),\n', ""))
    revise("links of clips", folder=workshop)
    written = (workshop / "versions" / "0003_links_of_clips.py").read_text()
    assert 'down_revision = "0002"' in written
    assert "add_column(sa.Column('clip_link', sa.LargeBinary(), nullable=True))" in written
    assert "drop_column('clip_link')" in written
