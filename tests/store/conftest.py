"""The store's stories are told twice: on SQLite and on PostgreSQL."""

from collections.abc import Iterator

import pytest

from bot.store.crypto import Keyring
from bot.store.engine import Store
from bot.store.migrate import upgrade


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """An empty database of either kind."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture
def empty(url: str, keyring: Keyring) -> Iterator[Store]:
    """A store without a table."""
    opened = Store(url, keyring)
    yield opened
    opened.close()


@pytest.fixture
def store(empty: Store) -> Store:
    """A store with every table."""
    upgrade(empty)
    return empty


@pytest.fixture
def postgres_store(postgres_url: str, keyring: Keyring) -> Iterator[Store]:
    """For what SQLite has no word for."""
    opened = Store(postgres_url, keyring)
    upgrade(opened)
    yield opened
    opened.close()
