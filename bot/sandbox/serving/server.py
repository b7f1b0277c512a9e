"""The HTTP side: routes, the door, and a uvicorn server on a thread of its own. Loopback only."""

import asyncio
import re
import socket
import threading
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.sandbox import web_api as web_api
from bot.sandbox.engine import Engine
from bot.sandbox.errors import SandboxStuck
from bot.sandbox.page.headers import SafeHeaders
from bot.sandbox.page.routes import page_routes
from bot.sandbox.serving import api_http, files_http, response_urls, sockets

HOST = "127.0.0.1"
_HERE = re.compile(r"(127\.0\.0\.1|localhost)(:[0-9]{1,5})?", re.IGNORECASE)


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
        host, origin = headers.get("host", ""), headers.get("origin")
        try:
            return bool(_HERE.fullmatch(host)) and (origin is None or urlsplit(origin).netloc == host)
        except ValueError:  # a name that is none
            return False


def application(engine: Engine) -> ASGIApp:
    """The ASGI application of one sandbox."""
    routes = [
        Route("/api/{method}", api_http.api, methods=["GET", "POST"]),
        Route("/files-pri/{key}/download/{name}", files_http.download),
        Route("/files-pri/{key}/{name}", files_http.download),
        Route("/files-tmb/{key}/{name}", files_http.download),
        Route("/upload/v1/{ticket}", files_http.upload, methods=["POST"]),
        Route("/actions/{team}/{ticket}", response_urls.respond, methods=["POST"]),
        WebSocketRoute("/link/", sockets.link),
        *page_routes(),
    ]
    app = Starlette(routes=routes)
    app.state.engine = engine
    return Door(SafeHeaders(app))


class Server:
    """uvicorn on a free port of 127.0.0.1, in a thread; it also ticks what is due on the workspace's clock."""

    def __init__(self, engine: Engine, port: int = 0, ping_seconds: float = 10.0) -> None:
        self._engine = engine
        self._socket = socket.create_server((HOST, port))
        # connections inherit it; asyncio sets it by itself only where the listening socket says TCP by its number, and
        # without it every answer on a connection that is kept open waits 40 ms
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        engine.base = f"http://{HOST}:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(
            application(engine), log_config=None, access_log=False, lifespan="off", ws="websockets-sansio",
            timeout_graceful_shutdown=1, ws_ping_interval=ping_seconds, ws_ping_timeout=ping_seconds,
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
        requests = self._engine.requests
        if requests:
            requests.open()
            deliveries.opened(requests)
        ticking = asyncio.create_task(self._tick())
        await self._server.serve(sockets=[self._socket])
        ticking.cancel()
        if requests:
            await requests.close()
        deliveries.loop = None

    async def _tick(self) -> None:
        while True:
            if self._server.started:
                self._ready.set()
            self._engine.deliveries.send_due()
            self._engine.agenda.run_due()
            await asyncio.sleep(0.02)
