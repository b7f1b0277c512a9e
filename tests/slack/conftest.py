"""A workspace, the bot's gateway to it, and a database for what it means to post."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from bot.sandbox.driver import Sandbox
from bot.sandbox.person import Person
from bot.slack.gateway import Gateway
from bot.slack.manifest import manifest
from bot.store.engine import Store
from tests.still_clock import StillClock


@pytest.fixture
def sandbox(clock: StillClock) -> Iterator[Sandbox]:
    with Sandbox.start(manifest=manifest(), clock=clock) as started:
        yield started


@pytest.fixture
def client(sandbox: Sandbox) -> WebClient:
    return WebClient(token=sandbox.bot_token, base_url=sandbox.url)


@pytest.fixture
def gateway(client: WebClient, store: Store, clock: StillClock) -> Gateway:
    return Gateway(client, store, clock)


@pytest.fixture
def amina(sandbox: Sandbox) -> Person:
    return sandbox.person("Amina Okafor")


@pytest.fixture
def ben(sandbox: Sandbox) -> Person:
    return sandbox.person("Ben Achterberg")
