"""Files over HTTP: uploads of bytes, and downloads as Slack serves them.

Without the right token (or without files:read) the answer is a login page with status 200, not an error.
"""

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from bot.sandbox.engine import Engine
from bot.sandbox.post_office.faults import Fault
from bot.sandbox.workspace.state import File

LOGIN_PAGE = "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Sign in to sandbox</h1></body></html>"


async def download(request: Request) -> Response:
    """`/files-pri/TEAM-FILE/download/NAME` and the other addresses of a file."""
    engine: Engine = request.app.state.engine
    exchange = engine.traffic.begins("download", "file", {"path": request.url.path})
    answered = _download(engine, request)
    engine.traffic.ends(exchange, _outcome(answered), {"status": answered.status_code, "bytes": len(answered.body)})
    return answered


def _outcome(answered: Response) -> str:
    if isinstance(answered, HTMLResponse):
        return "login page"
    return "ok" if answered.status_code == 200 else str(answered.status_code)


def _download(engine: Engine, request: Request) -> Response:
    if request.headers.get("authorization") != f"Bearer {engine.bot_token}" or not _may_read(engine):
        return HTMLResponse(LOGIN_PAGE)
    file = engine.workspace.files.get(request.path_params["key"].split("-")[1])
    if file is None or file.deleted or not _bot_is_there(engine, file):
        return PlainTextResponse("File not found", status_code=404)
    fault = engine.faults.take_download(file.id)
    return _spoilt(file, fault) if fault else Response(file.data, media_type=file.mimetype)


def _may_read(engine: Engine) -> bool:
    return engine.workspace.app.may("files:read")


def _bot_is_there(engine: Engine, file: File) -> bool:
    bot = engine.workspace.bot.id
    return file.owner == bot or any(bot in engine.workspace.channels[c].members for c in file.shared_in)


def _spoilt(file: File, fault: Fault) -> Response:
    if fault.kind == "html":
        return HTMLResponse(LOGIN_PAGE)
    if fault.kind == "redirect":
        return RedirectResponse(fault.to, status_code=302)
    if fault.kind == "truncated":
        return Response(file.data[: fault.keep], media_type=file.mimetype)
    return PlainTextResponse("File not found", status_code=404)


async def upload(request: Request) -> Response:
    """The bytes of a file, raw or as the one part of a form."""
    engine: Engine = request.app.state.engine
    waiting = engine.uploads.get(request.path_params["ticket"])
    if waiting is None:
        return PlainTextResponse("unknown upload", status_code=404)
    data = await _bytes_of(request)
    if engine.faults.take_upload():
        return PlainTextResponse("the upload failed", status_code=500)
    if len(data) != waiting["length"]:
        return PlainTextResponse("the length is not what was announced", status_code=400)
    waiting["data"] = data
    return PlainTextResponse(f"OK - {len(data)}")


async def _bytes_of(request: Request) -> bytes:
    if request.headers.get("content-type", "").startswith("multipart/form-data"):
        async with request.form() as form:
            for part in form.values():
                if not isinstance(part, str):
                    return await part.read()
    return await request.body()
