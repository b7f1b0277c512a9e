"""What was said in a conversation, a window at a time: `/page/messages` and `/page/thread`."""

from bisect import bisect_left, bisect_right
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.errors import Trouble
from bot.sandbox.engine import Engine
from bot.sandbox.errors import Refused
from bot.sandbox.page.as_page import message_json
from bot.sandbox.page.asked import engine_of, refused, room, stamp, who_asks
from bot.sandbox.workspace.state import Channel, Message, User

Json = dict[str, Any]

MOST_AT_ONCE = 200
USUAL = 60


async def messages(request: Request) -> Response:
    """The last messages, or those before, after or around a timestamp.

    Gives `messages` oldest first, `more` (older ones exist; asked for those `after`: newer ones) and `newer`.
    """
    asked = request.query_params
    try:
        engine, me = engine_of(request), who_asks(request)
        marks = {name: stamp(asked.get(name)) for name in ("before", "after", "around")}
        with engine.workspace.changed:
            found = window(engine, me, room(engine, me, asked.get("channel")), _limit(asked.get("limit")), **marks)
    except Trouble as trouble:
        return refused(trouble)
    return JSONResponse(found)


def _limit(asked: str | None) -> int:
    return min(MOST_AT_ONCE, max(1, int(asked))) if asked and asked.isdecimal() and len(asked) < 6 else USUAL


def window(
    engine: Engine, me: User, channel: Channel, limit: int, *, before: str = "", after: str = "", around: str = ""
) -> Json:
    """At most `limit` messages of the conversation as this person sees it. Hold the workspace."""
    line = _line(me, channel)
    stamps = [message.ts for message in line]
    if after:
        first = bisect_right(stamps, after)
    elif around:
        first = max(0, bisect_left(stamps, around) - limit // 2)
    else:
        first = max(0, (bisect_left(stamps, before) if before else len(line)) - limit)
    last = min(first + limit, bisect_left(stamps, before) if before else len(line))
    shown = [message_json(engine, me, channel, message) for message in line[first:last]]
    newer = last < len(line)
    return {"messages": shown, "more": newer if after else first > 0, "newer": newer}


def _line(me: User, channel: Channel) -> list[Message]:
    """Everything in the conversation itself, oldest first, and what only this person sees there."""
    alone = [m for m in channel.ephemerals if m.ephemeral_to == me.id and not m.thread_ts]
    said = [m for m in channel.messages.values() if m.is_in_channel]
    return sorted([*said, *alone], key=lambda m: m.ts) if alone else said


async def thread(request: Request) -> Response:
    """A thread: its head, then the replies, oldest first."""
    asked = request.query_params
    try:
        engine, me = engine_of(request), who_asks(request)
        with engine.workspace.changed:
            said = _thread(me, room(engine, me, asked.get("channel")), stamp(asked.get("ts")))
            channel = engine.workspace.channels[said[0].channel]
            shown = [message_json(engine, me, channel, message) for message in said]
    except Trouble as trouble:
        return refused(trouble)
    return JSONResponse({"messages": shown})


def _thread(me: User, channel: Channel, ts: str) -> list[Message]:
    head = channel.messages.get(ts)
    if head is None:
        raise Refused("thread_not_found")
    alone = [m for m in channel.ephemerals if m.ephemeral_to == me.id and m.thread_ts == ts]
    replies = [channel.messages[reply] for reply in channel.replies.get(ts, [])]
    return [head, *sorted([*replies, *alone], key=lambda m: m.ts)]
