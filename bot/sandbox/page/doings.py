"""`/page/do`: everything that a person does on the page, by its name."""

from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.errors import Trouble
from bot.sandbox.engine import Engine
from bot.sandbox.page import going, speaking, using
from bot.sandbox.page.asked import Asked, engine_of, read_json, who_asks
from bot.sandbox.page.errors import Misunderstood, refusal
from bot.sandbox.workspace.state import User

Json = dict[str, Any]
Doing = Callable[[Engine, User, Asked], Json]

DOINGS: dict[str, Doing] = {
    "say": speaking.say,
    "edit": speaking.edit,
    "delete": speaking.delete,
    "delete_file": speaking.delete_file,
    "dismiss": speaking.dismiss,
    "react": speaking.react,
    "run": speaking.run,
    "act": using.act,
    "fill": using.fill,
    "submit": using.submit,
    "close": using.close,
    "suggest": using.suggest,
    "shortcut": using.shortcut,
    "home": going.home,
    "messages_tab": going.messages_tab,
    "read": going.read,
    "join": going.join,
    "leave": going.leave,
    "invite": going.invite,
    "direct": going.direct,
}


async def do(request: Request) -> Response:
    """Do it, off the event loop, and say how it went: `{"ok": true, …}` or `{"ok": false, "error", "words"}`."""
    asked = await read_json(request)
    if isinstance(asked, Response):
        return asked
    try:
        doing, me = _doing(asked.text("what")), who_asks(request)
        answer = await run_in_threadpool(doing, engine_of(request), me, asked)
    except Trouble as trouble:
        return JSONResponse(refusal(trouble))
    return JSONResponse({"ok": True, **answer})


def _doing(name: str) -> Doing:
    if name not in DOINGS:
        raise Misunderstood(what="nobody can do that here")
    return DOINGS[name]
