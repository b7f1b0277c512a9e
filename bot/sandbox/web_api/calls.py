"""One call of a method: its arguments, its refusals, its scopes; and the table of methods."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from bot.sandbox.engine import ApiCall, Engine, Refusal
from bot.sandbox.errors import RateLimited, Refused
from bot.sandbox.workspace.outside import json_from
from bot.sandbox.workspace.state import TOMBSTONE, Channel, Message

Json = dict[str, Any]
Entry = TypeVar("Entry")


@dataclass
class Call:
    """The arguments of one call, wherever they came from: query, form, JSON or multipart."""

    engine: Engine
    method: str
    params: Json

    def text(self, name: str, default: str = "") -> str:
        """An argument as text."""
        value = self.params.get(name)
        return default if value is None else str(value)

    def need(self, name: str, error: str = "invalid_arguments") -> str:
        """An argument that must be there; Refused with the error otherwise."""
        value = self.text(name)
        if not value:
            raise Refused(error, [f"[ERROR] missing required field: {name}"] if error == "invalid_arguments" else None)
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """An argument that is true or false, in any of the ways clients write it."""
        return self.text(name, str(default)).lower() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        """An argument that is a whole number."""
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise Refused("invalid_arguments", [f"[ERROR] must be an integer: {name}"]) from None

    def data(self, name: str, error: str) -> Any:
        """An argument that is JSON, as an object or written out; None if absent, Refused where it can't be read."""
        value = self.params.get(name)
        if not isinstance(value, str) or not value:
            return value or None
        try:
            return json_from(value)
        except ValueError:
            raise Refused(error) from None

    def listed(self, name: str) -> list[str]:
        """An argument that is a list, or names with commas."""
        value = self.params.get(name) or []
        names = value if isinstance(value, list) else str(value).split(",")
        return [str(one).strip() for one in names if str(one).strip()]

    def scope(self, *any_of: str) -> None:
        """Refused `missing_scope` unless the bot has one of the scopes."""
        app = self.engine.workspace.app
        if not any(app.may(one) for one in any_of):
            raise Refused("missing_scope", needed=any_of[0], provided=",".join(app.scopes))

    def page(self, entries: Sequence[Entry], default: int = 100) -> tuple[list[Entry], Json]:
        """The entries of the asked page, and `response_metadata` with the next cursor ("" at the end)."""
        start, limit = self._cursor(), max(1, self.number("limit", default))
        more = start + limit < len(entries)
        cursor = urlsafe_b64encode(f"from:{start + limit}".encode()).decode() if more else ""
        return list(entries[start : start + limit]), {"next_cursor": cursor}

    def _cursor(self) -> int:
        try:
            return int(urlsafe_b64decode(self.text("cursor")).decode().removeprefix("from:") or 0)
        except (BadBase64, ValueError):
            raise Refused("invalid_cursor") from None

    def channel(self, id: str = "") -> Channel:
        """The conversation with the id (not the name) that the bot can see. Refused: `channel_not_found`, also for
        others' private ones."""
        workspace = self.engine.workspace
        channel = workspace.channels.get(id or self.text("channel"))
        if channel is None or (channel.kind != "channel" and workspace.bot.id not in channel.members):
            raise Refused("channel_not_found")
        return channel

    def joined(self) -> Channel:
        """The conversation that the bot is a member of. Refused: `not_in_channel` too."""
        channel = self.channel()
        if self.engine.workspace.bot.id not in channel.members:
            raise Refused("not_in_channel")
        return channel

    def message(self, channel: Channel, name: str = "ts") -> Message:
        """The message with the timestamp. Refused: `message_not_found`."""
        message = channel.messages.get(self.text(name))
        if message is None or message.subtype == TOMBSTONE:
            raise Refused("message_not_found")
        return message


Handler = Callable[[Call], Json]


@dataclass(frozen=True)
class Method:
    """What serves a method, any of the scopes it needs, and whether it takes the app-level token."""

    handler: Handler
    scopes: tuple[str, ...]
    app_token: bool


METHODS: dict[str, Method] = {}


def method(name: str, *scopes: str, app_token: bool = False) -> Callable[[Handler], Handler]:
    """Register the function as a method of the Web API."""

    def register(handler: Handler) -> Handler:
        METHODS[name] = Method(handler, scopes, app_token)
        return handler

    return register


class Answer(NamedTuple):
    """What goes back over HTTP."""

    body: Json
    status: int = 200
    headers: dict[str, str] | None = None


def answer(engine: Engine, name: str, params: Json, token: str) -> Answer:
    """What Slack answers to the call; every call and refusal is noted down (without the token)."""
    engine.api_calls.append(ApiCall(name, params, engine.workspace.now()))
    try:
        found = _allowed(engine, name, token)
        call = Call(engine, name, params)
        engine.pace.take(name, _conversation(call) if name == "chat.postMessage" else "")
        if found.scopes:
            call.scope(*found.scopes)
        with engine.workspace.changing():
            body = {"ok": True, **found.handler(call)}
    except Refused as refused:
        engine.refusals.append(Refusal(name, refused.error, refused.messages))
        return refusal(refused)
    return Answer(body)


def refusal(refused: Refused) -> Answer:
    """A refusal as Slack words it: status 200, but 429 with `Retry-After` for who calls too often."""
    if isinstance(refused, RateLimited):
        return Answer(refused.answer(), 429, {"Retry-After": str(refused.retry_after)})
    return Answer(refused.answer())


def _conversation(call: Call) -> str:
    """Which conversation a message is for, however the app names it; a direct one is the person's own id."""
    workspace, wanted = call.engine.workspace, call.text("channel")
    channel = workspace.channels.get(wanted) or workspace.channel_named(wanted)
    if channel is None:
        return wanted
    other = [member for member in channel.members if member != workspace.bot.id]
    return other[0] if channel.kind == "im" and other else channel.id


def _allowed(engine: Engine, name: str, token: str) -> Method:
    """The method, if the token may call it. Slack looks at the method's name first, then at the token."""
    if name not in METHODS:
        raise Refused("unknown_method", req_method=name)
    if not token and name != "api.test":
        raise Refused("not_authed")
    if token not in (engine.bot_token, engine.app_token) and name != "api.test":
        raise Refused("invalid_auth")
    if engine.refuses_token and token == engine.bot_token:
        raise Refused(engine.refuses_token)
    found = METHODS[name]
    if name not in ("api.test", "auth.test") and found.app_token != (token == engine.app_token):
        raise Refused("not_allowed_token_type")
    return found
