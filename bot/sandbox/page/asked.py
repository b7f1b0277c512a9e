"""What a request asks for, read with care: who asks, and arguments of the right shape. Everything else is refused."""

import re
from typing import Any

from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response

from bot.errors import Trouble
from bot.sandbox.engine import Engine
from bot.sandbox.errors import Refused
from bot.sandbox.page.errors import Misunderstood, refusal, status_of
from bot.sandbox.page.rights import knows_of, reads
from bot.sandbox.workspace.outside import json_from
from bot.sandbox.workspace.state import Channel, User

Json = dict[str, Any]

#: bytes of JSON that a doing may have
LONGEST_BODY = 2_000_000

_STAMP = re.compile(r"\d{10}\.\d{6}")


def engine_of(connection: HTTPConnection) -> Engine:
    """The sandbox that is asked."""
    engine: Engine = connection.app.state.engine
    return engine


def somebody(connection: HTTPConnection) -> User | None:
    """The member that `?as=` names, None if there is no such person to be."""
    user = engine_of(connection).workspace.users.get(connection.query_params.get("as", ""))
    return user if user and not user.is_bot and not user.deleted else None


def who_asks(connection: HTTPConnection) -> User:
    """The member that `?as=` names. Refused: `not_authed`."""
    user = somebody(connection)
    if user is None:
        raise Refused("not_authed")
    return user


def room(engine: Engine, me: User, channel_id: object) -> Channel:
    """A conversation that this person reads. Refused: `channel_not_found`, `not_in_channel`."""
    channel = engine.workspace.channels.get(str(channel_id))
    if channel is None or not knows_of(me, channel):
        raise Refused("channel_not_found")
    if not reads(me, channel):
        raise Refused("not_in_channel")
    return channel


def stamp(value: object) -> str:
    """A message's timestamp, "" for none."""
    if value and not (isinstance(value, str) and _STAMP.fullmatch(value)):
        raise Misunderstood(what="that isn't the time of a message")
    return str(value or "")


class Asked:
    """The arguments of one doing; each is asked for by its kind."""

    def __init__(self, given: Json) -> None:
        self._given = given

    def __contains__(self, name: str) -> bool:
        return self._given.get(name) is not None

    def text(self, name: str, otherwise: str | None = None) -> str:
        """A string; `otherwise` where it is missing."""
        return str(self._of(name, str, otherwise))

    def flag(self, name: str, otherwise: bool | None = False) -> bool:
        """True or false."""
        return bool(self._of(name, bool, otherwise))

    def number(self, name: str, least: float, most: float, otherwise: float | None = None) -> float:
        """A number from `least` to `most`."""
        value = self._of(name, (int, float), otherwise)
        if isinstance(value, bool) or not least <= value <= most:
            raise Misunderstood(what=f"the {_words(name)} should be from {least:,.12g} to {most:,.12g}")
        return float(value)

    def thing(self, name: str) -> Json:
        """An object."""
        value: Json = self._of(name, dict, None)
        return value

    def texts(self, name: str) -> list[str]:
        """A list of strings."""
        values = self._of(name, list, None)
        if not all(isinstance(value, str) for value in values):
            raise Misunderstood(what=f"the {_words(name)} should be a list of words")
        return list(values)

    def stamp(self, name: str) -> str:
        """A message's timestamp, "" where it is missing."""
        return stamp(self._given.get(name))

    def anything(self, name: str) -> Any:
        """Whatever stands there, None where nothing does."""
        return self._given.get(name)

    def _of(self, name: str, kind: type | tuple[type, ...], otherwise: Any) -> Any:
        value = self._given.get(name)
        value = otherwise if value is None else value
        if not isinstance(value, kind):
            raise Misunderstood(what=f"the {_words(name)} is missing, or can't be understood")
        return value


def _words(name: str) -> str:
    """An argument's name as a person would say it."""
    return {"retry_after": "seconds to wait", "method": "call"}.get(name, name.replace("_", " "))


async def read_json(request: Request) -> Asked | Response:
    """The JSON object in the body; 415, 413 or 400 where there is none."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        return _plain_refusal("send this as application/json", 415)
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_BODY:
            return _plain_refusal("that is too much at once", 413)
    try:
        given = json_from(body)
    except ValueError:
        given = None
    return Asked(given) if isinstance(given, dict) else _plain_refusal("a JSON object is expected", 400)


def _plain_refusal(what: str, status: int) -> Response:
    return JSONResponse(refusal(Misunderstood(what=what)), status_code=status)


def refused(trouble: Trouble) -> Response:
    """The answer to who may not look, or looks for what is not there."""
    return JSONResponse(refusal(trouble), status_code=status_of(trouble))
