"""A workspace on a clock of the test's own, and a real Bolt app that talks to it over Socket Mode."""

from collections.abc import Callable, Iterator

import pytest
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.sandbox.driver import Sandbox
from bot.sandbox.person import Person

from .helpers import MANIFEST, OwnClock


@pytest.fixture
def clock() -> OwnClock:
    return OwnClock()


@pytest.fixture
def sandbox(clock: OwnClock) -> Iterator[Sandbox]:
    with Sandbox.start(manifest=MANIFEST, clock=clock) as started:
        yield started


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return WebClient(token=sandbox.bot_token, base_url=sandbox.url)


@pytest.fixture
def amina(sandbox: Sandbox) -> Person:
    return sandbox.person("Amina Okafor")


@pytest.fixture
def ben(sandbox: Sandbox) -> Person:
    return sandbox.person("Ben Achterberg")


@pytest.fixture
def app(client: WebClient) -> App:
    return App(client=client)


@pytest.fixture
def connect(sandbox: Sandbox) -> Iterator[Callable[[App], SocketModeHandler]]:
    """Connects a Bolt app; every connection is closed at the end."""
    handlers: list[SocketModeHandler] = []

    def _connect(app: App) -> SocketModeHandler:
        handlers.append(SocketModeHandler(app, sandbox.app_token, ping_interval=1))
        handlers[-1].connect()
        sandbox.wait_connected(len(handlers))
        return handlers[-1]

    yield _connect
    for handler in handlers:
        sandbox.lets_go(handler.client)
