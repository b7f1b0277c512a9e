"""Socket Mode: the WebSocket that the app opens, its hello, its acks, its end. Frames as Slack's SDKs expect them."""

import asyncio
import json
from typing import Any

from starlette.websockets import WebSocket

from bot.sandbox.engine import Engine
from bot.sandbox.post_office.connections import Connection, disconnect
from bot.sandbox.workspace.outside import json_from

Json = dict[str, Any]

#: Slack allows an app this many open connections
MOST_CONNECTIONS = 10


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
        frame = json_from(text or "{}")
    except ValueError:
        return {}
    return frame if isinstance(frame, dict) else {}


def _hello(engine: Engine) -> Json:
    return {
        "type": "hello", "num_connections": len(engine.deliveries.lines) + 1,
        "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
        "connection_info": {"app_id": engine.workspace.app_id},
    }  # fmt: skip
