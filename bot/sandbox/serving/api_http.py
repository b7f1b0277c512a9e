"""The Web API over HTTP: `/api/METHOD`, its arguments however they come, and the faults that were ordered for it."""

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.sandbox.engine import Engine
from bot.sandbox.errors import RateLimited
from bot.sandbox.post_office.faults import Fault
from bot.sandbox.web_api.calls import Answer, answer, refusal
from bot.sandbox.workspace.outside import json_from

Json = dict[str, Any]


async def api(request: Request) -> Response:
    """`/api/METHOD`, with the faults that were ordered for it."""
    engine: Engine = request.app.state.engine
    name = request.path_params["method"]
    params, token = await _arguments(request)
    exchange = engine.traffic.begins("api", name, params)
    fault = engine.faults.take_answer(name)
    if fault and fault.seconds:
        await asyncio.sleep(fault.seconds)
    answered = _struck(engine, name, params, token, fault) if fault else answer(engine, name, params, token)
    engine.traffic.ends(exchange, str(answered.body.get("error", "ok")), answered.body)
    scopes = {"X-OAuth-Scopes": ",".join(engine.workspace.app.scopes)}
    return JSONResponse(answered.body, answered.status, {**scopes, **(answered.headers or {})})


def _struck(engine: Engine, name: str, params: Json, token: str, fault: Fault) -> Answer:
    """The answer on a bad day; the call may have been done before it was spoilt."""
    if fault.name == "rate_limit":
        return refusal(RateLimited(fault.retry_after))
    done = answer(engine, name, params, token) if fault.done_first or fault.name == "slow" else None
    if done and fault.name == "slow":
        return done
    if fault.name == "error_body":
        return Answer({"ok": False, "error": fault.error})
    return Answer({"ok": False, "error": "internal_error"}, 500)


async def _arguments(request: Request) -> tuple[Json, str]:
    """(arguments without the token, the token), from the query, a form, JSON or multipart."""
    params: Json = dict(request.query_params)
    kind = request.headers.get("content-type", "")
    if kind.startswith("application/json"):
        params |= _json_body(await request.body())
    elif request.method == "POST":
        async with request.form() as form:
            params |= {key: value for key, value in form.items() if isinstance(value, str)}
    written = str(params.pop("token", "") or "")
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return params, token if scheme.lower() == "bearer" and token else written


def _json_body(body: bytes) -> Json:
    try:
        read = json_from(body or b"{}")
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
