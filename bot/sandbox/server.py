"""The HTTP side: routes, the door, and a uvicorn server on a thread of its own. Loopback only."""

import asyncio
import json
import logging
import socket
import threading
from typing import Any
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.sandbox import files_http, response_urls, sockets
from bot.sandbox import web_api as web_api
from bot.sandbox.engine import Engine
from bot.sandbox.errors import SandboxStuck
from bot.sandbox.web_api.calls import answer

Json = dict[str, Any]
HOST = "127.0.0.1"
_HOSTS = {"127.0.0.1", "localhost"}
log = logging.getLogger("collaborate.sandbox")


async def api(request: Request) -> Response:
    """`/api/METHOD`, with the faults that were ordered for it."""
    engine: Engine = request.app.state.engine
    name = request.path_params["method"]
    params, token = await _arguments(request)
    exchange = engine.traffic.begins("api", name, params)
    answered = await _answered(engine, name, params, token)
    body = json.loads(bytes(answered.body))
    engine.traffic.ends(exchange, str(body.get("error", "ok")), body)
    return answered


async def _answered(engine: Engine, name: str, params: Json, token: str) -> Response:
    fault = engine.faults.take_answer(name)
    if fault and fault.seconds:
        await asyncio.sleep(fault.seconds)
    if fault and fault.status == 429:
        headers = {"Retry-After": str(fault.retry_after)}
        return JSONResponse({"ok": False, "error": "ratelimited"}, status_code=429, headers=headers)
    body = {} if fault and fault.status == 500 and not fault.done_first else answer(engine, name, params, token)
    if fault and fault.status == 500:
        return JSONResponse({"ok": False, "error": "internal_error"}, status_code=500)
    return JSONResponse(body, headers={"X-OAuth-Scopes": ",".join(engine.workspace.app.scopes)})


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
        read = json.loads(body or b"{}")
    except json.JSONDecodeError:
        return {}
    return read if isinstance(read, dict) else {}


class Door:
    """Lets in only who asks for this machine by its loopback name, and no page of another origin."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the request, or refuse it with 403."""
        if scope["type"] not in ("http", "websocket") or self._welcome(Headers(scope=scope)):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await PlainTextResponse("loopback only", status_code=403)(scope, receive, send)

    @staticmethod
    def _welcome(headers: Headers) -> bool:
        host = urlsplit(f"//{headers.get('host', '')}")
        origin = headers.get("origin")
        return host.hostname in _HOSTS and (origin is None or urlsplit(origin).netloc == host.netloc)


def application(engine: Engine) -> ASGIApp:
    """The ASGI application of one sandbox."""
    routes = [
        Route("/api/{method}", api, methods=["GET", "POST"]),
        Route("/files-pri/{key}/download/{name}", files_http.download),
        Route("/files-pri/{key}/{name}", files_http.download),
        Route("/files-tmb/{key}/{name}", files_http.download),
        Route("/upload/v1/{ticket}", files_http.upload, methods=["POST"]),
        Route("/actions/{team}/{ticket}", response_urls.respond, methods=["POST"]),
        WebSocketRoute("/link/", sockets.link),
    ]
    app = Starlette(routes=routes)
    app.state.engine = engine
    return Door(app)


class Server:
    """uvicorn on a free port of 127.0.0.1, in a thread; it also ticks the retries that are due."""

    def __init__(self, engine: Engine, port: int = 0) -> None:
        self._engine = engine
        self._socket = socket.create_server((HOST, port))
        engine.base = f"http://{HOST}:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            application(engine), log_config=None, access_log=False, lifespan="off", ws="websockets-sansio",
            timeout_graceful_shutdown=1, ws_ping_interval=10.0, ws_ping_timeout=10.0,
        )  # fmt: skip
        self._server = uvicorn.Server(config)
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)

    def start(self) -> None:
        """Serve; returns once requests are answered."""
        self._thread.start()
        if not self._ready.wait(10):
            raise SandboxStuck()

    def stop(self) -> None:
        """Close every connection and end the thread."""
        self._server.should_exit = True
        self._thread.join(10)
        self._socket.close()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        deliveries = self._engine.deliveries
        deliveries.loop = asyncio.get_running_loop()
        ticking = asyncio.create_task(self._tick())
        await self._server.serve(sockets=[self._socket])
        ticking.cancel()
        deliveries.loop = None

    async def _tick(self) -> None:
        while True:
            if self._server.started:
                self._ready.set()
            self._engine.deliveries.send_due()
            await asyncio.sleep(0.02)
