"""Tells a tab over its WebSocket, in frames of JSON, and notices when the tab is gone."""

import asyncio
import json
from collections.abc import Coroutine
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

Json = dict[str, Any]


async def send(socket: WebSocket, frame: Json) -> None:
    """Send one frame; waits while the tab is slow to take it. WebSocketDisconnect once the tab is gone."""
    await socket.send_text(json.dumps(frame, ensure_ascii=False))


async def until_gone(socket: WebSocket, telling: Coroutine[Any, Any, None]) -> None:
    """Tell until the tab is closed. What goes wrong in the telling is raised."""
    tasks = [asyncio.ensure_future(telling), asyncio.ensure_future(_listen(socket))]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    except WebSocketDisconnect:
        pass
    finally:
        for task in tasks:
            task.cancel()


async def _listen(socket: WebSocket) -> None:
    """A tab says nothing here, but it leaves."""
    while True:
        await socket.receive_text()
