"""Every address of the page."""

import mimetypes
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from bot.sandbox.page import controls, doings, front, history, inspector, live, media, uploads

# some machines have other ideas, and with nosniff a browser runs no module that isn't called JavaScript
mimetypes.add_type("text/javascript", ".js")


class _Modules(StaticFiles):
    """Scripts and styles: kept by the browser, which asks each time whether they are still the same."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """The file, or that nothing changed."""
        answer = super().file_response(*args, **kwargs)
        answer.headers["Cache-Control"] = "no-cache"
        return answer


def page_routes() -> list[BaseRoute]:
    """The page's addresses, for the sandbox's one server."""
    return [
        Route("/", front.index),
        Route("/archives/{channel}", front.permalink),
        Route("/archives/{channel}/{message}", front.permalink),
        Route("/files/{owner}/{file}/{name:path}", front.file_permalink),
        Route("/page/messages", history.messages),
        Route("/page/thread", history.thread),
        Route("/page/file/{file}/{name:path}", media.media),
        Route("/page/do", doings.do, methods=["POST"]),
        Route("/page/upload", uploads.upload, methods=["POST"]),
        Route("/page/control", controls.control, methods=["POST"]),
        WebSocketRoute("/page/live", live.live),
        WebSocketRoute("/page/traffic", inspector.traffic),
        Mount("/page/static", _Modules(directory=front.HERE / "static")),
    ]
