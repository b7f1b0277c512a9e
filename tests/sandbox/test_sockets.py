"""Connections of Socket Mode come and go: told to leave, too many, silent."""

import base64
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from urllib.parse import urlsplit

import pytest
from slack_sdk import WebClient
from websockets.sync.client import ClientConnection
from websockets.sync.client import connect as connect_socket

from bot.sandbox.driver import Sandbox
from bot.sandbox.serving.sockets import MOST_CONNECTIONS

from .helpers import MANIFEST, OwnClock, eventually


@contextmanager
def opened(sandbox: Sandbox, client: WebClient, first: str = "hello") -> Iterator[ClientConnection]:
    """A connection without a client's own cleverness, after its first frame."""
    with connect_socket(client.apps_connections_open(app_token=sandbox.app_token)["url"]) as line:
        assert first in line.recv(timeout=5)
        yield line


@pytest.mark.parametrize("reason", ["warning", "refresh_requested"])
def test_a_connection_that_is_told_to_leave_ends_ten_seconds_later(sandbox, client, clock, reason):
    with opened(sandbox, client) as line:
        sandbox.disconnects(reason)
        assert f'"reason": "{reason}"' in line.recv(timeout=5)
        clock.forward(seconds=9)
        with pytest.raises(TimeoutError):
            line.recv(timeout=0.2)
        assert sandbox.connections == 1
        clock.forward(seconds=2)
        sandbox.wait_disconnected()


def test_a_connection_that_leaves_gets_nothing_more_while_there_is_another(sandbox, client, amina):
    with opened(sandbox, client) as old:
        sandbox.disconnects("warning")
        assert "warning" in old.recv(timeout=5)
        with opened(sandbox, client) as new:
            for number in range(3):
                amina.says(str(number))
            assert [f'"text": "{number}"' in new.recv(timeout=5) for number in range(3)] == [True] * 3
            with pytest.raises(TimeoutError):
                old.recv(timeout=0.1)


def test_the_eleventh_connection_is_one_too_many(sandbox, client):
    with ExitStack() as stack:
        for _ in range(MOST_CONNECTIONS):
            stack.enter_context(opened(sandbox, client))
        with opened(sandbox, client, first="too_many_websockets"):
            assert sandbox.connections == MOST_CONNECTIONS


@pytest.fixture
def impatient(clock: OwnClock) -> Iterator[Sandbox]:
    """A workspace that asks its connections twice a second whether they are there."""
    with Sandbox.start(manifest=MANIFEST, clock=clock, ping_seconds=0.5) as started:
        yield started


def test_a_connection_that_answers_no_pings_is_dropped(impatient: Sandbox):
    client = WebClient(token=impatient.bot_token, base_url=impatient.url)
    url = urlsplit(client.apps_connections_open(app_token=impatient.app_token)["url"])
    with socket.create_connection((url.hostname, url.port)) as silent:
        headers = {"Host": url.netloc, "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
                   "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode()}  # fmt: skip
        asked = [f"GET {url.path}?{url.query} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        silent.sendall("\r\n".join([*asked, "", ""]).encode())
        impatient.wait_connected()
        eventually(lambda: impatient.connections == 0)


def test_what_is_not_a_frame_is_passed_over(sandbox, client, amina):
    with opened(sandbox, client) as line:
        for nonsense in ("not json", "[1, 2]", b"\x00", '{"envelope_id": ["x"], "payload": 3}', "[" * 100_000):
            line.send(nonsense)
        amina.says("still there?")
        assert '"text": "still there?"' in line.recv(timeout=5)
