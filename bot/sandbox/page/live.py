"""`/page/live`: what happens in the workspace, told to a tab as it happens."""

from starlette.websockets import WebSocket

from bot.sandbox.page.asked import engine_of, somebody
from bot.sandbox.page.mailbox import Mailbox
from bot.sandbox.page.sights import Sight
from bot.sandbox.page.sockets import send, until_gone
from bot.sandbox.workspace.feed import Change

#: the code with which a tab of nobody is closed; there is no use in coming back
NOBODY = 4404


async def live(socket: WebSocket) -> None:
    """First `all`, then a frame a change. A tab that falls far behind gets `all` anew."""
    engine, me = engine_of(socket), somebody(socket)
    await socket.accept()
    if me is None:
        await socket.close(NOBODY)
        return
    mailbox: Mailbox[Change] = Mailbox()
    unsubscribe = engine.workspace.feed.subscribe(mailbox.put)
    try:
        await until_gone(socket, _tell(socket, Sight(engine, me), mailbox))
    finally:
        unsubscribe()


async def _tell(socket: WebSocket, sight: Sight, mailbox: Mailbox[Change]) -> None:
    changes: list[Change] | None = None
    while True:
        for frame in [sight.everything()] if changes is None else sight.frames(changes):
            await send(socket, frame)
        changes = await mailbox.take()
