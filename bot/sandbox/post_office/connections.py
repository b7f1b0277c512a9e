"""A connection of Socket Mode as a line of the post office, and how it is told to go."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from starlette.websockets import WebSocket

from bot.sandbox.post_office.deliveries import Deliveries
from bot.sandbox.post_office.envelopes import Delivery

Json = dict[str, Any]

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


def ask_to_leave(deliveries: Deliveries, connection: Connection, reason: str) -> None:
    """Tell the app that this connection ends soon, and end it ten seconds later; on the event loop."""
    connection.leaving = True
    connection.push(disconnect(reason))
    deliveries.agenda.after(LAST_SECONDS, connection.hang_up)


def each_connection(deliveries: Deliveries, do: Callable[[Connection], None]) -> None:
    """Do this with every open connection, on the event loop; from any thread."""
    loop = deliveries.loop
    for line in list(deliveries.lines):
        if loop and isinstance(line, Connection):
            loop.call_soon_threadsafe(do, line)


def disconnect(reason: str) -> Json:
    """The frame that asks the app for a new connection; reasons as in Slack's docs."""
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
