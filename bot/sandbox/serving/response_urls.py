"""Response URLs: five answers within half an hour to where an interaction happened."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.sandbox.engine import Engine, Refusal
from bot.sandbox.errors import Refused
from bot.sandbox.happenings import answers
from bot.sandbox.workspace.outside import json_from

Json = dict[str, Any]


async def respond(request: Request) -> Response:
    """POST of a message as JSON; `ok`, or Slack's error."""
    engine: Engine = request.app.state.engine
    body = _read(await request.body())
    if body is None:
        return PlainTextResponse("invalid_payload", status_code=400)
    exchange = engine.traffic.begins("response_url", "response_url", body)
    try:
        answers.answer_there(engine, request.path_params["ticket"], body)
    except Refused as refused:
        engine.traffic.ends(exchange, refused.error, refused.answer())
        engine.refusals.append(Refusal("response_url", refused.error, refused.messages))
        status = 404 if refused.error in ("expired_url", "used_url") else 400
        return JSONResponse(refused.answer(), status_code=status)
    engine.traffic.ends(exchange)
    return PlainTextResponse("ok")


def _read(sent: bytes) -> Json | None:
    """The object that was sent, None for anything else."""
    try:
        read = json_from(sent)
    except ValueError:
        return None
    return read if isinstance(read, dict) else None
