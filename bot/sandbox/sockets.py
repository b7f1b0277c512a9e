"""Socket Mode: the WebSocket that the app opens, its hello, its acks, its end. Frames as Slack's SDKs expect them."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from starlette.websockets import WebSocket

from bot.sandbox.engine import Engine
from bot.sandbox.envelopes import Delivery

Json = dict[str, Any]

#: Slack allows an app this many open connections
MOST_CONNECTIONS = 10
#: how long a connection lives after its `disconnect` frame, on the workspace's clock
LAST_SECONDS = timedelta(seconds=10)


@dataclass(eq=False)
class Connection:
    """One open WebSocket, as a line of the post office. `None` in the queue closes it."""

    socket: WebSocket
    queue: "asyncio.Queue[Json | None]" = field(default_factory=asyncio.Queue)
    late: str = "timeout"
    breaks: bool = True
    leaving: bool = False

    def written(self, envelope_id: str, delivery: Delivery) -> Json:
        """The frame around a payload."""
        is_event = delivery.kind == "events_api"
        frame: Json = {"envelope_id": envelope_id, "type": delivery.kind, "payload": delivery.payload,
                       "accepts_response_payload": not is_event}  # fmt: skip
        if is_event:
            frame |= {"retry_attempt": delivery.attempt, "retry_reason": delivery.reason}
        return frame

    def carry(self, envelope_id: str, delivery: Delivery, written: Json) -> None:
        """Queue the frame; the app's ack comes back over the same socket."""
        self.push(written)

    def push(self, frame: Json) -> None:
        """Queue a frame, in order."""
        self.queue.put_nowait(frame)

    def hang_up(self) -> None:
        """Close the connection after what is queued."""
        self.queue.put_nowait(None)

    async def send_all(self) -> None:
        """Send queued frames until told to hang up."""
        while (frame := await self.queue.get()) is not None:
            await self.socket.send_text(json.dumps(frame))
        await self.socket.close(code=1001)


async def link(socket: WebSocket) -> None:
    """The endpoint behind the address that apps.connections.open gives; its ticket is good for one connection."""
    engine: Engine = socket.app.state.engine
    if socket.query_params.get("ticket") not in engine.socket_tickets:
        await socket.close(code=1008)
        return
    engine.socket_tickets.discard(socket.query_params["ticket"])
    await socket.accept()
    if len(engine.deliveries.lines) >= MOST_CONNECTIONS:
        await socket.send_text(json.dumps(disconnect("too_many_websockets")))
        await socket.close(code=1000)
        return
    await _converse(engine, Connection(socket))


async def _converse(engine: Engine, connection: Connection) -> None:
    deliveries = engine.deliveries
    connection.push(_hello(engine))
    deliveries.opened(connection)
    with engine.workspace.changing():
        engine.workspace.tell("connections")
        sender = asyncio.create_task(connection.send_all())
    try:
        while (message := await connection.socket.receive())["type"] == "websocket.receive":
            frame = _frame_in(message.get("text"))
            answer = frame.get("payload")
            deliveries.acknowledged(str(frame.get("envelope_id", "")), answer if isinstance(answer, dict) else None)
    finally:
        sender.cancel()
        deliveries.closed(connection)
        with engine.workspace.changing():
            engine.workspace.tell("connections")


def _frame_in(text: str | None) -> Json:
    """What the app sent; nothing, if it is not a frame."""
    try:
        frame = json.loads(text or "{}")
    except (json.JSONDecodeError, RecursionError):
        return {}
    return frame if isinstance(frame, dict) else {}


def _hello(engine: Engine) -> Json:
    return {
        "type": "hello", "num_connections": len(engine.deliveries.lines) + 1,
        "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
        "connection_info": {"app_id": engine.workspace.app_id},
    }  # fmt: skip


def ask_to_leave(engine: Engine, connection: Connection, reason: str) -> None:
    """Tell the app that this connection ends soon, and end it ten seconds later; on the event loop."""
    connection.leaving = True
    connection.push(disconnect(reason))
    engine.agenda.after(LAST_SECONDS, connection.hang_up)


def each_connection(engine: Engine, do: Callable[[Connection], None]) -> None:
    """Do this with every open connection, on the event loop; from any thread."""
    loop = engine.deliveries.loop
    for line in list(engine.deliveries.lines):
        if loop and isinstance(line, Connection):
            loop.call_soon_threadsafe(do, line)


def disconnect(reason: str) -> Json:
    """The frame that asks the app for a new connection; reasons as in Slack's docs."""
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
