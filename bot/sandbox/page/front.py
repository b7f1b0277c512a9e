"""The addresses that a person types or follows: the door, the workspace, permalinks of messages and files."""

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from bot.sandbox.engine import Engine
from bot.sandbox.page.as_page import person_json
from bot.sandbox.page.asked import engine_of, somebody
from bot.sandbox.page.rights import reads
from bot.sandbox.workspace.state import Channel, File, Message, User

if TYPE_CHECKING:
    from jinja2 import Template

Json = dict[str, Any]

HERE = Path(__file__).parent
_PERMALINK = re.compile(r"p(\d{10})(\d{6})")


async def index(request: Request) -> Response:
    """The workspace as `?as=` sees it; the door where that is nobody. The door keeps what else the address says."""
    engine, file = engine_of(request), request.query_params.get("file")
    if file and somebody(request):
        return _to_file(request, file)
    facts: Json = {"workspace": engine.workspace.domain.capitalize(), "people": None}
    if somebody(request) is None:
        rest = {key: value for key, value in request.query_params.items() if key != "as"}
        facts |= {"people": people_at_the_door(engine), "rest": urlencode(rest)}
    return HTMLResponse(_template().render(facts))


def people_at_the_door(engine: Engine) -> list[Json]:
    """Everybody one can be, in the order in which they came, with their initials."""
    workspace = engine.workspace
    with workspace.changed:
        people = [user for user in workspace.users.values() if not user.is_bot and not user.deleted]
        return [{**person_json(workspace, user), "initials": initials(user.real_name)} for user in people]


def initials(name: str) -> str:
    """The first letters of the first and the last part of a name."""
    parts = name.split()
    return "".join(part[0] for part in (parts[0], *parts[1:][-1:])).upper() if parts else "?"


@lru_cache(maxsize=1)
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("index.html")


async def permalink(request: Request) -> Response:
    """`/archives/C…/p1234567890123456`, a message as Slack links to it."""
    place = {"at": request.path_params["channel"]}
    if found := _PERMALINK.fullmatch(request.path_params.get("message", "")):
        place["message"] = f"{found[1]}.{found[2]}"
    if thread := request.query_params.get("thread_ts"):
        place["thread"] = thread
    return _go(request, place)


async def file_permalink(request: Request) -> Response:
    """`/files/OWNER/FILE/NAME`: the message that holds the file, the front page if there is none."""
    return _to_file(request, request.path_params["file"])


def _to_file(request: Request, file_id: str) -> Response:
    """Whoever has not said who they are goes to the door first, and learns nothing of where the file is."""
    engine, me = engine_of(request), somebody(request)
    if me is None:
        return RedirectResponse(f"/?{urlencode({'file': file_id})}", status_code=302)
    with engine.workspace.changed:
        file = engine.workspace.files.get(file_id)
        held = _message_with(engine, me, file) if file else None
    return _go(request, {"at": held.channel, "message": held.ts} if held else {})


def _message_with(engine: Engine, me: User, file: File) -> Message | None:
    shared: list[Channel] = [engine.workspace.channels[channel] for channel in file.shared_in]
    mine = [channel for channel in shared if reads(me, channel)]
    return next((message for channel in mine for message in channel.messages.values() if file in message.files), None)


def _go(request: Request, place: dict[str, str]) -> Response:
    somewhere = {"as": request.query_params["as"], **place} if "as" in request.query_params else place
    return RedirectResponse(f"/?{urlencode(somewhere)}" if somewhere else "/", status_code=302)
