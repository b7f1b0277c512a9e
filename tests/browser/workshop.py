"""A workspace of its own and a small Bolt app, for all that the page shows whichever bot is in it."""

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot.sandbox.clock import MovableClock
from bot.sandbox.driver import Room, Sandbox
from bot.sandbox.serving.server import Server
from tests.browser import workbench
from tests.conversations.clips import PNG
from tests.sandbox.helpers import MANIFEST

Json = dict[str, Any]

#: how long the app may take to acknowledge: shorter than Slack's three seconds, as some tests wait for its end
ACK_SECONDS = 1.5
TOUR = {
    "title": "A tour", "intro": "Five things to see.",
    "steps": [{"title": f"Step {n}", "text": f"Look at thing {n}.", "as": None, "at": None, "tab": ""}
              for n in range(1, 6)],
}  # fmt: skip


class FromMonday:
    """A clock that runs from a Monday morning, so that no test ever meets midnight."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def __call__(self) -> datetime:
        return datetime(2026, 3, 2, 9, 30, tzinfo=UTC) + timedelta(seconds=time.monotonic() - self._began)


def manifest() -> Json:
    """The manifest of the sandbox's own tests, with a command that explains itself and one that nobody answers."""
    made = deepcopy(MANIFEST)
    made["features"]["slash_commands"] = [
        {"command": "/workshop", "description": "Show something", "usage_hint": "form | stack | growing"},
        {"command": "/silence", "description": "Nobody acknowledges this"},
    ]
    return made


class Workshop:
    """The workspace, its people, and what the app has heard from them."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.amina, self.ben = (
            sandbox.person("Amina Okafor", title="Practice manager"),
            sandbox.person("Ben Achterberg"),
        )
        self.guest = sandbox.person("Gwen Guest", is_guest=True)
        self.room = sandbox.add_channel("workshop", self.amina, self.ben, self.guest)
        self.client = WebClient(sandbox.bot_token, sandbox.url, retry_handlers=[RateLimitErrorRetryHandler(3)])
        self.heard: list[Json] = []
        self._rooms = 0
        self._came = threading.Condition()

    def new_room(self) -> Room:
        """Another channel with Amina, Ben and the app: a test has it to itself."""
        self._rooms += 1
        return self.sandbox.add_channel(f"room-{self._rooms}", self.amina, self.ben)

    def posts(self, blocks: list[Json], text: str = "blocks", room: Room | None = None, **more: Any) -> str:
        """The app says something; gives its ts."""
        answer = self.client.chat_postMessage(channel=(room or self.room).id, text=text, blocks=blocks, **more)
        return str(answer["ts"])

    def picture(self, room: Room) -> str:
        """The id of a picture that everybody in the room can see."""
        return self.amina.sends_file(PNG, name="hill.png", mimetype="image/png", channel=room.name).files[0].id

    def comes_back(self) -> None:
        """The app connects."""
        self._handler = SocketModeHandler(make_app(self), self.sandbox.app_token, ping_interval=1)
        self._handler.connect()
        self.sandbox.wait_connected()

    def leaves(self) -> None:
        """The app is gone until it comes back."""
        self.sandbox.lets_go(self._handler.client)

    def connections(self) -> list[Any]:
        """The app's connections, to tell them apart."""
        return list(self.sandbox._engine.deliveries.lines)

    def clears_up(self) -> None:
        """No window of the app outlives its test, and nothing that it has heard."""
        self.heard.clear()
        for person in (self.amina, self.ben):
            if person.has_modal:
                person.closes(whole_stack=True)

    @contextmanager
    def is_down(self) -> Iterator[None]:
        """Meanwhile nothing answers; afterwards it does again, at the same address and with the same workspace."""
        sandbox, port = self.sandbox, urlsplit(self.sandbox.host_url).port
        sandbox._server.stop()
        yield
        sandbox._server = Server(sandbox._engine, port or 0)
        sandbox._server.start()
        sandbox.wait_connected(within=30)

    def keeps(self, payload: Json) -> None:
        """The app has heard this."""
        with self._came:
            self.heard.append(payload)
            self._came.notify_all()

    def hears(self, name: str, true: Callable[[Json], bool] = lambda payload: True, within: float = 10.0) -> Json:
        """Waits until the app has heard of the action (or view, or shortcut) of this name. The newest payload of it."""
        with self._came:
            there = self._came.wait_for(lambda: self._newest(name, true), within)
        assert there, f"the app never heard of {name}, but of {[_names(one) for one in self.heard]}"
        return there

    def heard_of(self, name: str) -> int:
        """How often the app has heard of it so far."""
        return sum(name in _names(one) for one in self.heard)

    def _newest(self, name: str, true: Callable[[Json], bool]) -> Json | None:
        return next((one for one in reversed(self.heard) if name in _names(one) and true(one)), None)

    def chosen(self, name: str, key: str, wanted: Any) -> None:
        """Waits until the app has heard that this was chosen."""
        self.hears(name, lambda payload: payload["actions"][0].get(key) == wanted)


def _names(payload: Json) -> list[str]:
    actions = [action["action_id"] for action in payload.get("actions", [])]
    return [*actions, payload.get("callback_id", ""), payload.get("view", {}).get("callback_id", "")]


def make_app(workshop: Workshop) -> App:
    """The app: it keeps every payload, acknowledges everything but `silent`, and has the windows of workbench.py."""
    app = App(client=workshop.client)
    workbench.add_windows(app, workshop.keeps)

    @app.action(re.compile(".+"))
    def acted(ack: Callable[[], None], body: Json) -> None:
        workshop.keeps(body)
        if body["actions"][0]["action_id"] != "silent":
            ack()

    @app.event(re.compile(".+"))
    def happened(ack: Callable[[], None]) -> None:
        ack()

    return app


@contextmanager
def open_workshop(guide: Json | None = None) -> Iterator[Workshop]:
    """The workshop with its app connected; `guide` is the page's tour."""
    clock = MovableClock(FromMonday())
    with Sandbox.start(manifest=manifest(), clock=clock, ack_seconds=ACK_SECONDS, guide=guide) as sandbox:
        workshop = Workshop(sandbox)
        workshop.comes_back()
        yield workshop
        workshop.leaves()
