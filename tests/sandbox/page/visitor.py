"""Somebody at the page: what their browser asks, and a tab that hears what happens."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect

from bot.sandbox.driver import Sandbox
from bot.sandbox.person import Person

Json = dict[str, Any]


class Tab:
    """A live socket of the page. `heard` is every frame so far, the first one too."""

    def __init__(self, sandbox: Sandbox, path: str) -> None:
        address = sandbox.host_url.replace("http:", "ws:") + path
        self._open = ExitStack()
        way = connect(address, max_size=None, compression=None, close_timeout=0.1)
        self.socket: ClientConnection = self._open.enter_context(way)
        self.heard: list[Json] = []

    def next(self, within: float = 5.0) -> Json:
        """The next frame."""
        self.heard.append(json.loads(self.socket.recv(timeout=within)))
        return self.heard[-1]

    def hears(self, kind: str, true: Callable[[Json], bool] = lambda frame: True) -> Json:
        """Listen until a frame of this kind is true."""
        while True:
            frame = self.next()
            if frame["type"] == kind and true(frame):
                return frame

    def hears_nothing_more(self) -> None:
        """Listen until it has been quiet for a while, keeping what is heard."""
        try:
            while True:
                self.next(within=0.3)
        except TimeoutError:
            pass

    def close(self) -> None:
        self._open.close()


class Visitor:
    """A person as their browser speaks for them."""

    def __init__(self, sandbox: Sandbox, person: Person) -> None:
        self.sandbox, self.person, self.id = sandbox, person, person.id
        self.http = httpx.Client(base_url=sandbox.host_url, params={"as": person.id}, verify=False)
        self.tabs: list[Tab] = []

    def does(self, what: str, **given: Any) -> Json:
        """What the page answers to this doing."""
        answer = self.http.post("/page/do", json={"what": what, **given})
        assert answer.status_code == 200, answer.text
        return answer.json()

    def manages(self, what: str, **given: Any) -> Json:
        """The same, and it has to work."""
        answer = self.does(what, **given)
        assert answer["ok"], answer
        return answer

    def messages(self, channel: str, **given: Any) -> list[Json]:
        return self.http.get("/page/messages", params={"channel": channel, **given}).json()["messages"]

    def opens(self) -> Tab:
        """A tab that has heard its first frame."""
        self.tabs.append(Tab(self.sandbox, f"/page/live?as={self.id}"))
        self.tabs[-1].hears("all")
        return self.tabs[-1]

    def leaves(self) -> None:
        for tab in self.tabs:
            tab.close()
        self.http.close()
