"""A database of the test's own, a clock that stands still, and a workspace in which the real app listens."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from sqlmodel import Session, SQLModel

from bot.people import listeners
from bot.people import service as people
from bot.people.bands import Profile
from bot.people.house import House
from bot.people.models import Member, Scope
from bot.sandbox.driver import Sandbox
from bot.sandbox.person import Person
from bot.settings import Settings
from bot.slack.app import make_app
from bot.slack.manifest import manifest
from bot.store.crypto import Keyring
from bot.store.engine import Store

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class StillClock:
    """Says the same time until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(f"sqlite:///{tmp_path / 'people.db'}", Keyring([Fernet.generate_key().decode()]))
    SQLModel.metadata.create_all(opened.engine)
    yield opened
    opened.close()


@pytest.fixture
def session(store: Store) -> Iterator[Session]:
    with store.session() as opened:
        yield opened


@pytest.fixture
def joins(session: Session) -> Callable[..., Member]:
    """Lets somebody join in the workspace T1, unless said otherwise."""

    def _joins(slack_id: str = "UAMINA", *given: Scope, name: str = "Amina Okafor", workspace: str = "T1") -> Member:
        who = {"workspace": workspace, "slack_id": slack_id, "name": name}
        return people.join(session, **who, profile=Profile(), consents=given, now=NOON)

    return _joins


@pytest.fixture
def sandbox(clock: StillClock) -> Iterator[Sandbox]:
    with Sandbox.start(manifest=manifest(), clock=clock) as started:
        yield started


@pytest.fixture
def amina(sandbox: Sandbox) -> Person:
    return sandbox.person("Dr Amina Okafor")


@pytest.fixture
def ben(sandbox: Sandbox) -> Person:
    return sandbox.person("Ben Achterberg")


@pytest.fixture
def tom(sandbox: Sandbox) -> Person:
    """The first facilitator, by the operator's setting."""
    return sandbox.person("Tom Weaver", user_id="U0FACILITATOR")


@pytest.fixture
def withdrawn() -> list[tuple[str, frozenset[Scope]]]:
    """What was handed to the pulling back: member ids and scopes."""
    return []


@pytest.fixture
def house(store: Store, clock: StillClock, withdrawn: list[tuple[str, frozenset[Scope]]]) -> House:
    return House(
        store=store,
        settings=Settings(_env_file=None, first_facilitator="U0FACILITATOR", transcriber="U0TRANSCRIBER"),
        clock=clock,
        on_consent_withdrawn=lambda _session, member, scopes: withdrawn.append((member.id, scopes)),
    )


@pytest.fixture
def connect(sandbox: Sandbox) -> Iterator[Callable[[House], None]]:
    """Connects an app with this room's listeners to the workspace."""
    handlers: list[SocketModeHandler] = []

    def _connect(house: House) -> None:
        app = make_app(WebClient(token=sandbox.bot_token, base_url=sandbox.url))
        listeners.register(app, house)
        handlers.append(SocketModeHandler(app, sandbox.app_token, ping_interval=0.3))
        handlers[-1].connect()
        sandbox.wait_connected(len(handlers))

    yield _connect
    for handler in handlers:
        sandbox.lets_go(handler.client)


@pytest.fixture
def bot(connect: Callable[[House], None], house: House) -> House:
    """The bot, listening."""
    connect(house)
    return house
