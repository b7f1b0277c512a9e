"""`/page/traffic`: what goes over the wire between Slack and the app, for the inspector. Never a token."""

import re
from typing import Any

from starlette.websockets import WebSocket

from bot.sandbox.engine import Engine
from bot.sandbox.page.asked import engine_of
from bot.sandbox.page.mailbox import Mailbox
from bot.sandbox.page.sockets import send, until_gone
from bot.sandbox.post_office.traffic import Exchange

Json = dict[str, Any]

_SECRET = re.compile(r"(xox[a-z]-|xapp-|ticket=)[\w.-]+")
_HIDDEN = r"\1…"


async def traffic(socket: WebSocket) -> None:
    """First the exchanges that are remembered, then each as it begins and as it ends."""
    engine = engine_of(socket)
    await socket.accept()
    mailbox: Mailbox[int] = Mailbox()
    unwatch = engine.traffic.watch(lambda exchange: mailbox.put(exchange.number))
    try:
        await until_gone(socket, _tell(socket, engine, mailbox))
    finally:
        unwatch()


async def _tell(socket: WebSocket, engine: Engine, mailbox: Mailbox[int]) -> None:
    numbers: list[int] | None = None
    while True:
        known = list(engine.traffic.exchanges)
        if numbers is None:
            await send(socket, {"type": "all", "exchanges": [exchange_json(exchange) for exchange in known]})
        else:
            wanted = set(numbers)
            for exchange in [exchange for exchange in known if exchange.number in wanted]:
                await send(socket, {"type": "exchange", "exchange": exchange_json(exchange)})
        numbers = await mailbox.take()


def exchange_json(exchange: Exchange) -> Json:
    """An exchange with its tokens and tickets blotted out; milliseconds are None while it waits."""
    return {
        "number": exchange.number, "kind": exchange.kind, "name": exchange.name, "at": exchange.at.isoformat(),
        "outcome": exchange.outcome, "milliseconds": exchange.milliseconds and round(exchange.milliseconds, 1),
        "asked": without_secrets(exchange.asked), "answered": without_secrets(exchange.answered),
    }  # fmt: skip


def without_secrets(thing: Any) -> Any:
    """The same structure, with every token and ticket in it cut to its first letters."""
    if isinstance(thing, str):
        return _SECRET.sub(_HIDDEN, thing)
    if isinstance(thing, dict):
        return {key: without_secrets(value) for key, value in thing.items()}
    return [without_secrets(value) for value in thing] if isinstance(thing, list | tuple) else thing
