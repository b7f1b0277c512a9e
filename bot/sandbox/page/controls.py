"""`/page/control`: what nobody in the workspace does: the clock is moved, something goes wrong, somebody new comes."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.clock import local
from bot.errors import Trouble
from bot.sandbox.clock import MovableClock
from bot.sandbox.engine import Engine
from bot.sandbox.errors import Refused
from bot.sandbox.happenings import membership
from bot.sandbox.happenings.arrivals import arrive, handle_of
from bot.sandbox.page.as_page import TIME_ZONE, clock_json, person_json
from bot.sandbox.page.asked import Asked, engine_of, read_json
from bot.sandbox.page.errors import Misunderstood, refusal
from bot.sandbox.page.troubles import order, ordered
from bot.sandbox.workspace.state import User

Json = dict[str, Any]

#: a step of the clock is at most so many days
LONGEST_STEP = 366
_LONGEST_NAME = 80


async def control(request: Request) -> Response:
    """Do it, off the event loop, and say how it went."""
    asked = await read_json(request)
    if isinstance(asked, Response):
        return asked
    try:
        answer = await run_in_threadpool(_controlled, engine_of(request), asked)
    except Trouble as trouble:
        return JSONResponse(refusal(trouble))
    return JSONResponse({"ok": True, **answer})


def _controlled(engine: Engine, asked: Asked) -> Json:
    doing = _CONTROLS.get(asked.text("what"))
    if doing is None:
        raise Misunderstood(what="that can't be ordered here")
    return doing(engine, asked)


def move_clock(engine: Engine, asked: Asked) -> Json:
    """Move on by `hours` or `days`, or `to` "tomorrow" at 9:00; gives the clock. Refused: `clock_stands`."""
    clock = engine.workspace.clock
    if not isinstance(clock, MovableClock):
        raise Refused("clock_stands")
    now = clock.moves_on(_step(asked, clock()))
    engine.workspace.tell("clock")
    for callback in list(engine.stage.clock_moved):
        callback(now)
    return clock_json(engine.workspace)


def _step(asked: Asked, now: datetime) -> timedelta:
    if "to" in asked:
        if asked.text("to") != "tomorrow":
            raise Misunderstood(what="the clock moves to tomorrow, or by hours or days")
        return until_tomorrow(now)
    if "days" in asked:
        return timedelta(days=asked.number("days", 0, LONGEST_STEP))
    return timedelta(hours=asked.number("hours", 0, LONGEST_STEP * 24))


def until_tomorrow(now: datetime) -> timedelta:
    """How long it is until nine o'clock of the next day, where the workspace is."""
    here = local(now, TIME_ZONE)
    nine = datetime.combine(here.date() + timedelta(days=1), time(9), here.tzinfo)
    return nine.astimezone(now.tzinfo) - now


def add_person(engine: Engine, asked: Asked) -> Json:
    """Somebody new, or with `guest` a guest; gives the person."""
    name = " ".join(asked.text("name").split())
    if not name:
        raise Misunderstood(what="somebody new needs a name")
    if len(name) > _LONGEST_NAME:
        raise Misunderstood(what=f"a name may have at most {_LONGEST_NAME} letters")
    if not name.isprintable():
        raise Misunderstood(what="there is a character in this name that can't be seen")
    user = User(engine.workspace.ids.new("U"), handle_of(name), name, is_restricted=asked.flag("guest"))
    arrive(engine, user)
    return person_json(engine.workspace, user)


def add_channel(engine: Engine, asked: Asked) -> Json:
    """A new channel of these `members`, whose first makes it, `private` or public; gives its id and name."""
    name = "-".join(asked.text("name").lower().removeprefix("#").split())
    members = [engine.workspace.users.get(member) for member in dict.fromkeys(asked.texts("members"))]
    people = [member for member in members if member]
    if not people or len(people) < len(members):
        raise Refused("user_not_found")
    with engine.workspace.changing():
        kind = "group" if asked.flag("private") else "channel"
        channel = membership.create(engine, name, kind, people[0])
        if people[1:]:
            membership.invite(engine, channel, people[1:], people[0])
    return {"id": channel.id, "name": channel.name}


def add_fault(engine: Engine, asked: Asked) -> Json:
    """Order what goes wrong; gives what is ordered now."""
    order(engine, asked)
    return ordered_faults(engine, asked)


def ordered_faults(engine: Engine, asked: Asked) -> Json:
    """What is ordered and has not happened yet."""
    return {"faults": ordered(engine)}


_CONTROLS: dict[str, Callable[[Engine, Asked], Json]] = {
    "clock": move_clock,
    "fault": add_fault,
    "faults": ordered_faults,
    "add_person": add_person,
    "add_channel": add_channel,
}
