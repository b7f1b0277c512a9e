"""How many events a second go through the sandbox, beside a bare WebSocket server that sends the same frames.

    python -m tests.bench.sandbox [--events 3000] [--runs 5] [--pace 200]

The sandbox (or its peer, a loop over the `websockets` library with frames made beforehand: no workspace, no page, no
rules) runs pinned to one processor. The app is the Socket Mode client of slack_sdk in a process of its own, which
acknowledges whatever comes. Each run gives events a second from the first post to the last acknowledgement, and the
processor time that the server's process took for an event; a last run at a steady pace gives the time from post to ack.
Medians of several runs are printed, and the sandbox as a share of its peer.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from bot.sandbox.driver import Sandbox
from bot.slack.manifest import manifest

Json = dict[str, Any]

TARGET = 200.0
PEOPLE = 20


class Run(NamedTuple):
    """Events a second, and milliseconds of processor time for one."""

    per_second: float
    cpu_ms: float


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    wanted.add_argument("--events", type=int, default=3000)
    wanted.add_argument("--runs", type=int, default=5)
    wanted.add_argument("--pace", type=float, default=TARGET, help="events a second of the steady run")
    wanted.add_argument("--answers", metavar="URL", help=argparse.SUPPRESS)
    chosen = wanted.parse_args()
    if chosen.answers:
        acknowledge(chosen.answers)
        return
    pin_to_one_processor(0)
    ours, peers = [], []
    for _ in range(chosen.runs):
        run, frame = through_sandbox(chosen.events)
        ours.append(run)
        peers.append(through_peer(chosen.events, frame))
    report(ours, peers)
    waits = steady(chosen.pace, seconds=5)
    worst = statistics.quantiles(waits, n=100)[98]
    print(
        f"at {chosen.pace:.0f} a second: median {statistics.median(waits):.1f} ms, p99 {worst:.1f} ms from post to ack"
    )


def through_sandbox(events: int) -> tuple[Run, Json]:
    """People write to the bot as fast as the sandbox takes it. Gives one of the frames too, for the peer."""
    with Sandbox.start(manifest=manifest(), rate_limits=False) as sandbox, app(sandbox.host_url, sandbox.app_token):
        sandbox.wait_connected()
        people = [sandbox.person(f"Leader {n}") for n in range(PEOPLE)]
        done = sandbox.acks

        def post() -> None:
            for n in range(events):
                people[n % PEOPLE].says(f"This is message {n} of a long evening.")

        run = timed(post, lambda: len(done) >= events, events)
        return run, sandbox.traffic[-1].asked


def through_peer(events: int, frame: Json) -> Run:
    """A bare server sends as many frames of the same size, thirty unacknowledged at a time as the sandbox does."""
    with Peer(events, frame) as peer, app(peer.url, "xapp-peer"):
        peer.connected.wait(20)
        return timed(peer.go.set, peer.finished.is_set, events)


def steady(pace: float, seconds: float) -> list[float]:
    """Milliseconds from each post to its acknowledgement, at a steady pace."""
    with Sandbox.start(manifest=manifest(), rate_limits=False) as sandbox, app(sandbox.host_url, sandbox.app_token):
        sandbox.wait_connected()
        people = [sandbox.person(f"Leader {n}") for n in range(PEOPLE)]
        begin, many = time.monotonic(), int(pace * seconds)
        for n in range(many):
            time.sleep(max(0.0, begin + n / pace - time.monotonic()))
            people[n % PEOPLE].says(f"This is message {n}.")
        until(lambda: len(sandbox.acks) >= many)
        return [ack.milliseconds for ack in sandbox.acks]


def timed(start: Callable[[], None], is_done: Callable[[], bool], events: int) -> Run:
    begin, cpu = time.monotonic(), time.process_time()
    start()
    until(is_done)
    return Run(events / (time.monotonic() - begin), (time.process_time() - cpu) * 1000 / events)


def until(is_done: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not is_done():
        if time.monotonic() > end:
            raise SystemExit("not everything was acknowledged within two minutes")
        time.sleep(0.002)


def report(ours: Sequence[Run], peers: Sequence[Run]) -> None:
    rate, cpu = (statistics.median(column) for column in zip(*ours, strict=True))
    peer_rate, peer_cpu = (statistics.median(column) for column in zip(*peers, strict=True))
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; medians of {len(ours)} runs")
    print(f"sandbox {rate:6.0f} events/s  {cpu:.2f} ms of processor an event")
    print(f"peer    {peer_rate:6.0f} events/s  {peer_cpu:.2f} ms of processor an event")
    print(f"sandbox/peer {rate / peer_rate:.2f}; target {TARGET:.0f} a second: {'kept' if rate > TARGET else 'MISSED'}")


class Peer:
    """A WebSocket server that knows nothing but its frames."""

    def __init__(self, events: int, frame: Json) -> None:
        self.events, self.frame, self.url = events, frame, ""
        self.connected, self.go, self.finished, self._up = (threading.Event() for _ in range(4))
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._over = threading.Event()

    def __enter__(self) -> "Peer":
        self._thread.start()
        self._up.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(10)

    async def _serve(self) -> None:
        from websockets.asyncio.server import serve

        async with serve(self._talk, "127.0.0.1", 0) as server:
            self.url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
            self._up.set()
            while not self._over.is_set():
                await asyncio.sleep(0.05)

    async def _talk(self, socket) -> None:  # type: ignore[no-untyped-def]
        frames = [json.dumps({**self.frame, "envelope_id": f"{n:036d}"}) for n in range(self.events)]
        await socket.send(json.dumps({"type": "hello"}))
        self.connected.set()
        while not self.go.is_set():
            await asyncio.sleep(0.002)
        sent = acked = 0
        while acked < self.events:
            while sent < self.events and sent - acked < 30:
                await socket.send(frames[sent])
                sent += 1
            await socket.recv()
            acked += 1
        self.finished.set()
        await socket.wait_closed()


@contextmanager
def app(url: str, token: str) -> Iterator[None]:
    """The app in a process of its own, on another processor."""
    command = [sys.executable, "-m", "tests.bench.sandbox", "--answers", url]
    process = subprocess.Popen(command, env={**os.environ, "APP_TOKEN": token})
    try:
        yield
    finally:
        process.kill()
        process.wait()


def acknowledge(url: str) -> None:
    """Connect as slack_sdk does and acknowledge everything, for ever."""
    from slack_sdk import WebClient
    from slack_sdk.socket_mode import SocketModeClient
    from slack_sdk.socket_mode.response import SocketModeResponse

    pin_to_one_processor(1)
    client = SocketModeClient(os.environ["APP_TOKEN"], web_client=WebClient(base_url=f"{url}/api/"))
    if url.startswith("ws"):
        client.issue_new_wss_url = lambda: url  # type: ignore[method-assign]
    client.socket_mode_request_listeners.append(
        lambda told, request: told.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
    )
    client.connect()
    threading.Event().wait()


def pin_to_one_processor(which: int) -> None:
    """Where the system can do so; elsewhere the figures are of all processors."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {which % (os.cpu_count() or 1)})


if __name__ == "__main__":
    main()
