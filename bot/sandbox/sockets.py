"""Socket Mode: the WebSocket that the app opens, its hello, its acks, its end. Frames as Slack's SDKs expect them."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.engine import Engine

Json = dict[str, Any]

#: Slack allows an app this many open connections
MOST_CONNECTIONS = 10


@dataclass(eq=False)
class Connection:
    """One open WebSocket. `None` in the queue closes it."""

    socket: WebSocket
    queue: "asyncio.Queue[Json | None]" = field(default_factory=asyncio.Queue)

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
        while True:
            frame = json.loads(await connection.socket.receive_text())
            if "envelope_id" in frame:
                deliveries.acknowledged(frame)
    except WebSocketDisconnect:
        pass
    finally:
        sender.cancel()
        deliveries.closed(connection)
        with engine.workspace.changing():
            engine.workspace.tell("connections")


def _hello(engine: Engine) -> Json:
    return {
        "type": "hello", "num_connections": len(engine.deliveries.lines) + 1,
        "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
        "connection_info": {"app_id": engine.workspace.app_id},
    }  # fmt: skip


def disconnect(reason: str) -> Json:
    """The frame that asks the app for a new connection; reasons as in Slack's docs."""
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
