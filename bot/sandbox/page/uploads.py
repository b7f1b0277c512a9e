"""`/page/upload`: files that people drop, and voice clips that they record in the browser or take from the samples."""

import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.errors import Trouble
from bot.sandbox.engine import Engine
from bot.sandbox.errors import Refused
from bot.sandbox.happenings import filing
from bot.sandbox.happenings.posting import Draft
from bot.sandbox.page.as_page import message_json
from bot.sandbox.page.asked import engine_of, refused, room, stamp, who_asks
from bot.sandbox.page.rooms import may_speak, speak, thread_of, typed_draft
from bot.sandbox.workspace.state import Channel, Message, User

_LONGEST_NAME = 255
_MIMETYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_OTHERWISE = "application/octet-stream"


@dataclass(frozen=True)
class Upload:
    """A file on its way into a conversation."""

    name: str
    mimetype: str
    data: bytes
    is_clip: bool


async def upload(request: Request) -> Response:
    """Share the body as a file, or as a voice clip (`clip=1`, or `sample=NAME`); gives the message."""
    asked = request.query_params
    try:
        engine, me = engine_of(request), who_asks(request)
        channel = room(engine, me, asked.get("channel"))
        may_speak(engine, channel)
        draft = typed_draft(engine, asked.get("text", ""))
        draft.thread_ts = thread_of(channel, stamp(asked.get("thread_ts")))
        sample = asked.get("sample")
        brought = await run_in_threadpool(_sample, engine, sample) if sample else await _received(request)
        message = await run_in_threadpool(share, engine, me, channel, brought, draft)
    except Trouble as trouble:
        return refused(trouble)
    with engine.workspace.changed:
        return JSONResponse({"ok": True, "message": message_json(engine, me, channel, message)})


def _sample(engine: Engine, name: str) -> Upload:
    sample = engine.stage.samples.get(name)
    if sample is None:
        raise Refused("sample_not_found")
    return Upload(sample.path.name, sample.mimetype, sample.path.read_bytes(), is_clip=True)


async def _received(request: Request) -> Upload:
    asked, mimetype = request.query_params, request.headers.get("content-type", "").partition(";")[0].strip().lower()
    is_clip = asked.get("clip") == "1"
    name = safe_name(asked.get("name", "")) or ("audio_message.m4a" if is_clip else "file")
    mimetype = mimetype if _MIMETYPE.fullmatch(mimetype) else _OTHERWISE
    if is_clip and not mimetype.startswith(("audio/", "video/")):
        raise Refused("not_a_recording")
    return Upload(name, mimetype, await _body(request, engine_of(request).stage.largest_file), is_clip)


async def _body(request: Request, largest: int) -> bytes:
    """The bytes. What is too large is heard to its end and not kept: cut off, a browser would not read the answer."""
    body, is_too_large = BytesIO(), False
    async for piece in request.stream():
        is_too_large = is_too_large or body.tell() + len(piece) > largest
        if is_too_large:
            body = BytesIO()
        else:
            body.write(piece)
    if is_too_large:
        raise Refused("too_large")
    if not body.tell():
        raise Refused("empty_file")
    return body.getvalue()  # CPython hands over what was collected, without a copy


def safe_name(name: str) -> str:
    """The last part of a path, without what a terminal or an address could trip over."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(letter for letter in last if letter.isprintable()).strip(" .")
    ending = PurePosixPath(kept).suffix[:20]
    return kept if len(kept) <= _LONGEST_NAME else kept[: _LONGEST_NAME - len(ending)] + ending


def share(engine: Engine, me: User, channel: Channel, brought: Upload, draft: Draft) -> Message:
    """Keep the file and post the message that carries it; a clip is listened to first. Refused: `not_a_recording`."""
    file = filing.keep_file(engine, me, brought.name, brought.mimetype, brought.data)
    if brought.is_clip:
        filing.make_clip(file, None, None)
        if not file.duration_ms:
            del engine.workspace.files[file.id]
            raise Refused("not_a_recording")
    vanishes = file.deleted = engine.faults.take_vanishing()
    draft.files = [file]
    message = speak(engine, me, channel, draft)
    if vanishes:
        filing.delete_file(engine, file)
    return message
