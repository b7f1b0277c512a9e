"""Files come and go: what people share, what the app uploads, what their owners delete."""

import mimetypes
from typing import Any

from bot.sandbox.engine import Engine
from bot.sandbox.happenings import events
from bot.sandbox.happenings.posting import Draft, edit
from bot.sandbox.workspace.audio_facts import measure
from bot.sandbox.workspace.state import File, User


def keep_file(engine: Engine, owner: User, name: str, mimetype: str, data: bytes, title: str = "") -> File:
    """Store bytes as a file of the owner; it is shared nowhere yet."""
    workspace = engine.workspace
    with workspace.changing():
        file = File(
            id=workspace.ids.new("F"),
            owner=owner.id,
            name=name,
            title=title or name,
            mimetype=mimetype,
            data=data,
            created=workspace.epoch(),
            secret=workspace.ids.secret(10),
            size=len(data),
        )
        workspace.files[file.id] = file
        return file


def keep_upload(engine: Engine, owner: User, upload: dict[str, Any], title: str) -> File:
    """Store what came in by an upload address, under the id that was promised."""
    mimetype = mimetypes.guess_type(upload["name"])[0] or "application/octet-stream"
    file = keep_file(engine, owner, upload["name"], mimetype, upload["data"], title)
    del engine.workspace.files[file.id]
    file.id, file.alt_text = upload["id"], upload["alt_txt"]
    engine.workspace.files[file.id] = file
    return file


def make_clip(file: File, duration_ms: int | None, transcription: str | None) -> File:
    """Turn a stored file into a voice clip, as the recorder of Slack's own clients makes it."""
    measured, file.wave = measure(file.data)
    file.is_clip, file.transcription = True, transcription
    file.duration_ms = measured if duration_ms is None else duration_ms
    return file


def delete_file(engine: Engine, file: File) -> None:
    """Delete the bytes; the messages that carried it keep a tombstone, as in Slack's exports."""
    workspace = engine.workspace
    with workspace.changing():
        file.deleted, file.data = True, b""
        events.file_deleted(engine, file)
        for channel in (workspace.channels[c] for c in file.shared_in):
            for message in [m for m in channel.messages.values() if file in m.files]:
                edit(engine, channel, message, Draft(message.text, message.blocks, message.attachments))
