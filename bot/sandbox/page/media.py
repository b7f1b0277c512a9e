"""`/page/file`: the bytes of a file for somebody who may see it, in pieces where the browser asks for pieces."""

import re
from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.errors import Trouble
from bot.sandbox.errors import Refused
from bot.sandbox.page.asked import engine_of, refused, who_asks
from bot.sandbox.page.rights import sees_file
from bot.sandbox.workspace.state import File

#: images that can hold no script
_IMAGES = {"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"}
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class Piece(NamedTuple):
    """From byte `first` up to and including `last`."""

    first: int
    last: int


async def media(request: Request) -> Response:
    """The file, or the piece of it that a Range header asks for (206; 416 for a piece beyond its end)."""
    try:
        file = _file_for(request)
    except Trouble as trouble:
        return refused(trouble)
    data, headers = file.data, {**_headers(file), "Accept-Ranges": "bytes"}
    asked = request.headers.get("range", "")
    if not _RANGE.fullmatch(asked):
        return Response(data, headers=headers, media_type=file.mimetype)
    piece = piece_of(asked, len(data))
    if piece is None:
        return PlainTextResponse("", status_code=416, headers={"Content-Range": f"bytes */{len(data)}"})
    headers["Content-Range"] = f"bytes {piece.first}-{piece.last}/{len(data)}"
    return Response(data[piece.first : piece.last + 1], 206, headers, media_type=file.mimetype)


def _file_for(request: Request) -> File:
    engine, me = engine_of(request), who_asks(request)
    file = engine.workspace.files.get(request.path_params["file"])
    if file is None or file.deleted or not sees_file(engine.workspace, me, file):
        raise Refused("file_not_found")
    return file


def piece_of(asked: str, size: int) -> Piece | None:
    """The piece that one range of RFC 9110 means in a file of `size` bytes; None if it holds no byte of it."""
    found = _RANGE.fullmatch(asked)
    first, last = found.groups() if found else ("", "")
    if first:
        piece = Piece(int(first), min(int(last), size - 1) if last else size - 1)
    elif last:
        piece = Piece(max(0, size - int(last)), size - 1)
    else:
        return None
    return piece if piece.first <= piece.last else None


def _headers(file: File) -> dict[str, str]:
    """Sound and pictures are shown where they stand; anything else is only ever saved, as it might be a page."""
    shown = file.mimetype.startswith(("audio/", "video/")) or file.mimetype in _IMAGES
    name = quote(file.name, safe="")
    return {
        "Content-Disposition": f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{name}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
