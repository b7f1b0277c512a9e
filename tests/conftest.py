"""What every story needs: a clock that stands still until told, and databases of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

import bot
from bot.engine_room import EngineRoom
from bot.settings import Settings
from bot.store.crypto import Keyring
from bot.store.engine import Store
from bot.store.migrate import upgrade
from tests.postgres_server import NotInstalled, Postgres
from tests.still_clock import StillClock


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def keyring() -> Keyring:
    return Keyring([Fernet.generate_key().decode()])


@pytest.fixture
def childs_environment() -> dict[str, str]:
    """What a process that a test starts needs to find the bot."""
    return {**os.environ, "PYTHONPATH": str(Path(bot.__file__).parents[1])}


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'collaborate.db'}"


@pytest.fixture
def store(sqlite_url: str, keyring: Keyring) -> Iterator[Store]:
    """A fresh database with every table."""
    opened = Store(sqlite_url, keyring)
    upgrade(opened)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A server for this run: the one of TEST_DATABASE_URL, or one that is thrown away at the end."""
    try:
        server = Postgres.find_or_start()
    except NotInstalled as why:
        pytest.skip(str(why))
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """A fresh, empty database on it."""
    with postgres.database() as url:
        yield url


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineRoom]:
    """One set of engines for all plays: loading them takes longest. Small weights, so that listening is quick."""
    folder = tmp_path_factory.mktemp("engines")
    settings = Settings(_env_file=None, data_dir=folder, speech_engine="faster-whisper", speech_model="tiny.en")  # type: ignore[call-arg]
    room = EngineRoom(settings)
    room.warm_up()
    yield room
    room.close()
