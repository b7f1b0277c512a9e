"""files.*: what was shared, and the three steps of an upload (docs.slack.dev/messaging/working-with-files)."""

from typing import Any

from bot.sandbox import limits
from bot.sandbox.errors import Refused
from bot.sandbox.happenings import filing, posting
from bot.sandbox.web_api.calls import Call, method
from bot.sandbox.workspace.as_slack import file_json
from bot.sandbox.workspace.state import Channel, File

Json = dict[str, Any]

#: letters of an image's description
LONGEST_ALT_TEXT = 1000


@method("files.info", "files:read")
def info(call: Call) -> Json:
    """One file's facts."""
    file = _visible(call)
    return {
        "file": {**_shown(call, file), "shares": _shares(call, file)},
        "comments": [],
        "response_metadata": {"next_cursor": ""},
    }


@method("files.list", "files:read")
def listing(call: Call) -> Json:
    """The files that the bot can see."""
    channel, user = call.text("channel"), call.text("user")
    files = [f for f in call.engine.workspace.files.values() if bot_sees(call, f) and not f.deleted]
    files = [f for f in files if (not channel or channel in f.shared_in) and (not user or f.owner == user)]
    size, page = max(1, call.number("count", 100)), max(1, call.number("page", 1))
    paging = {"count": size, "total": len(files), "page": page, "pages": -(-len(files) // size)}
    return {"files": [_shown(call, f) for f in files[(page - 1) * size : page * size]], "paging": paging}


@method("files.delete", "files:write")
def delete(call: Call) -> Json:
    """Delete a file of the app's own; nobody else's."""
    file = _visible(call)
    if file.owner != call.engine.workspace.bot.id:
        raise Refused("cant_delete_file")
    filing.delete_file(call.engine, file)
    return {}


@method("files.getUploadURLExternal", "files:write")
def upload_url(call: Call) -> Json:
    """First step: an address to send the bytes to."""
    name, length = call.need("filename"), call.number("length", 0)
    if length <= 0:
        raise Refused("invalid_arguments", ["[ERROR] must be greater than 0: length"])
    if len(call.text("alt_txt")) > LONGEST_ALT_TEXT:
        raise Refused("alt_txt_too_large")
    workspace = call.engine.workspace
    ticket, file_id = workspace.ids.secret(), workspace.ids.new("F")
    call.engine.uploads[ticket] = {"id": file_id, "name": name, "length": length, "data": None,
                                   "alt_txt": call.text("alt_txt")}  # fmt: skip
    return {"upload_url": f"{call.engine.base}/upload/v1/{ticket}", "file_id": file_id}


@method("files.completeUploadExternal", "files:write")
def complete_upload(call: Call) -> Json:
    """Last step: the bytes become files, and are shared where the app says."""
    wanted = call.data("files", "invalid_arguments")
    if not wanted:
        raise Refused("invalid_arguments", ["[ERROR] missing required field: files"])
    if not isinstance(wanted, list) or not all(isinstance(entry, dict) for entry in wanted):
        raise Refused("invalid_arguments", ["[ERROR] must be a list of files [json-pointer:/files]"])
    channels = [_target(call, one) for one in [*call.listed("channel_id"), *call.listed("channels")]]
    blocks = call.data("blocks", "invalid_blocks_format") or []
    limits.check_message(blocks)
    files = [_finish(call, entry) for entry in wanted]
    for channel in channels:
        draft = posting.Draft(call.text("initial_comment"), blocks, files=files)
        draft.thread_ts = call.text("thread_ts") or None
        posting.post(call.engine, channel, call.engine.workspace.bot, draft)
    return {"files": [_shown(call, file) for file in files]}


def _shares(call: Call, file: File) -> Json:
    """The messages that carry the file, by public and private conversations; those that the bot is in."""
    workspace = call.engine.workspace
    shares: Json = {}
    for channel in (workspace.channels[c] for c in file.shared_in):
        carrying = [{"ts": m.ts} for m in channel.messages.values() if file in m.files]
        if carrying and workspace.bot.id in channel.members:
            shares.setdefault("public" if channel.kind == "channel" else "private", {})[channel.id] = carrying
    return shares


def bot_sees(call: Call, file: File) -> bool:
    """Whether the file is the bot's own or was shared where the bot is."""
    workspace = call.engine.workspace
    return file.owner == workspace.bot.id or any(
        workspace.bot.id in workspace.channels[channel].members for channel in file.shared_in
    )


def _visible(call: Call) -> File:
    file = call.engine.workspace.files.get(call.need("file", "file_not_found"))
    if file is None or not bot_sees(call, file):
        raise Refused("file_not_found")
    if file.deleted:
        raise Refused("file_deleted")
    return file


def _target(call: Call, channel_id: str) -> Channel:
    """Only ids of conversations that the bot is in: a name or a user's id is `channel_not_found`."""
    workspace = call.engine.workspace
    channel = workspace.channels.get(channel_id)
    if channel is None or workspace.bot.id not in channel.members:
        raise Refused("channel_not_found")
    return channel


def _finish(call: Call, entry: Json) -> File:
    uploads = call.engine.uploads
    ticket = next((t for t, upload in uploads.items() if upload["id"] == entry.get("id")), "")
    if not ticket or uploads[ticket]["data"] is None:
        raise Refused("file_not_found")
    upload = uploads.pop(ticket)
    owner, title = call.engine.workspace.bot, str(entry.get("title") or upload["name"])
    return filing.keep_upload(call.engine, owner, upload, title)


def _shown(call: Call, file: File) -> Json:
    return file_json(call.engine.workspace, file, call.engine.base)
