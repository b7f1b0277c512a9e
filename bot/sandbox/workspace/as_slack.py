"""The workspace's facts as Slack's own JSON objects. Field names of files and clips follow Slack's samples."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from bot.sandbox.workspace.state import TOMBSTONE, Channel, File, Message, User, View, Workspace

Json = dict[str, Any]

_FILE_TYPES = {
    "audio/mp4": ("m4a", "MPEG 4 Audio"),
    "audio/mpeg": ("mp3", "MP3"),
    "audio/ogg": ("ogg", "Ogg Vorbis"),
    "audio/wav": ("wav", "WAV"),
    "audio/x-wav": ("wav", "WAV"),
    "audio/webm": ("webm", "WebM"),
    "audio/flac": ("flac", "FLAC"),
    "video/mp4": ("mp4", "MPEG 4 Video"),
    "text/plain": ("text", "Plain Text"),
    "text/csv": ("csv", "CSV"),
    "application/pdf": ("pdf", "PDF"),
    "image/png": ("png", "PNG"),
}


def user_json(workspace: Workspace, user: User) -> Json:
    """A `user` object of users.info; the email only with its own scope."""
    profile: Json = {
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "title": user.title,
        "team": user.team_id or workspace.team_id,
    }
    if user.email and workspace.app.may("users:read.email"):
        profile["email"] = user.email
    if user.is_bot:
        profile |= {"bot_id": workspace.bot_id, "api_app_id": workspace.app_id}
    body: Json = {
        "id": user.id, "team_id": user.team_id or workspace.team_id, "name": user.name, "real_name": user.real_name,
        "deleted": user.deleted, "tz": user.time_zone, "profile": profile, "is_bot": user.is_bot,
        "is_app_user": False, "is_admin": user.is_admin, "is_owner": False, "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted, "updated": workspace.epoch(),
    }  # fmt: skip
    return {**body, "is_stranger": workspace.is_stranger(user)} if user.team_id else body


def channel_json(workspace: Workspace, channel: Channel) -> Json:
    """A `channel` object of conversations.info."""
    shared = {"id": channel.id, "created": channel.created, "is_archived": channel.is_archived, "is_org_shared": False,
              "is_im": channel.kind == "im", "context_team_id": workspace.team_id}  # fmt: skip
    abroad = workspace.is_shared(channel)
    if channel.kind == "im":
        other = next((m for m in channel.members if m != workspace.bot.id), workspace.bot.id)
        return {**shared, "user": other, "is_user_deleted": False, "priority": 0}
    return {
        **shared, "name": channel.name, "name_normalized": channel.name, "creator": channel.creator,
        "is_channel": channel.kind == "channel", "is_group": channel.kind == "group",
        "is_mpim": channel.kind == "mpim", "is_private": channel.kind != "channel", "is_general": False,
        "is_shared": abroad, "is_ext_shared": abroad, "shared_team_ids": _teams_in(workspace, channel),
        "is_member": workspace.bot.id in channel.members, "num_members": len(channel.members),
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }  # fmt: skip


def _teams_in(workspace: Workspace, channel: Channel) -> list[str]:
    abroad = {workspace.users[one].team_id for one in channel.members if one in workspace.users}
    return sorted({workspace.team_id, *filter(None, abroad)})


def message_json(workspace: Workspace, message: Message, base: str, metadata: bool = False) -> Json:
    """A `message` object of conversations.history; `metadata` is given only to who asks for it."""
    if message.subtype == TOMBSTONE:
        return _tombstone_json(workspace, message)
    body: Json = {"type": "message", "user": message.user, "text": message.text, "ts": message.ts}
    if message.bot_id:
        body |= {"bot_id": message.bot_id, "app_id": workspace.app_id, "team": workspace.team_id}
        body["bot_profile"] = bot_json(workspace)
    else:
        body |= _home_of(workspace, message.user)
    optional: Json = {
        "subtype": message.subtype, "thread_ts": message.thread_ts, "client_msg_id": message.client_msg_id,
        "blocks": message.blocks, "attachments": message.attachments,
        "files": [file_json(workspace, file, base) for file in message.files],
        "metadata": message.metadata if metadata else None,
        "reactions": [{"name": n, "users": u, "count": len(u)} for n, u in message.reactions.items() if u],
    }  # fmt: skip
    body |= {key: value for key, value in optional.items() if value}
    if message.edited_ts:
        body["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.files:
        body |= {"upload": False, "display_as_bot": False}
    return body


def _tombstone_json(workspace: Workspace, message: Message) -> Json:
    """What is left of the head of a thread; its figures are those of apps' logs, zeros where no reply is left."""
    channel = workspace.channels[message.channel]
    replies = channel.replies.get(message.ts, [])
    people = list(dict.fromkeys(channel.messages[reply].user for reply in replies))
    return {
        "type": "message", "subtype": message.subtype, "text": message.text, "user": message.user, "hidden": True,
        "ts": message.ts, "thread_ts": message.ts, "reply_count": len(replies), "reply_users_count": len(people),
        "latest_reply": replies[-1] if replies else "0000000000.000000", "reply_users": people, "is_locked": False,
    }  # fmt: skip


def _home_of(workspace: Workspace, user: str) -> Json:
    """Of which workspace the author is; of people from elsewhere Slack says so twice more."""
    elsewhere = workspace.users[user].team_id if user in workspace.users else ""
    if not elsewhere:
        return {"team": workspace.team_id}
    return {"team": elsewhere, "user_team": elsewhere, "source_team": elsewhere}


def bot_json(workspace: Workspace) -> Json:
    """A `bot` object of bots.info."""
    return {"id": workspace.bot_id, "app_id": workspace.app_id, "user_id": workspace.bot.id, "name": workspace.app.name,
            "deleted": False, "updated": workspace.epoch(), "team_id": workspace.team_id, "icons": {}}  # fmt: skip


def bare_file_json(file: File) -> Json:
    """All that Slack Connect says of a file of somebody from elsewhere: the rest is asked for with files.info."""
    return {"id": file.id, "mode": "file_access", "file_access": "check_file_info", "created": 0, "timestamp": 0,
            "user": ""}  # fmt: skip


def file_json(workspace: Workspace, file: File, base: str) -> Json:
    """A `file` object. `base` is the sandbox's own host."""
    if file.deleted:
        return {"id": file.id, "mode": "tombstone", "created": file.created, "timestamp": file.created}
    filetype, pretty = _FILE_TYPES.get(file.mimetype, (file.name.rpartition(".")[2] or "binary", "Binary"))
    name = quote(file.name.replace("/", "_"))
    private = f"{base}/files-pri/{workspace.team_id}-{file.id}"
    body: Json = {
        "id": file.id, "created": file.created, "timestamp": file.created, "user": file.owner,
        "user_team": _home_of(workspace, file.owner)["team"], "name": file.name, "title": file.title,
        "mimetype": file.mimetype, "filetype": filetype, "pretty_type": pretty, "mode": "hosted",
        "file_access": "visible", "size": file.size,
        "url_private": f"{private}/{name}", "url_private_download": f"{private}/download/{name}",
        "permalink": f"{base}/files/{file.owner}/{file.id}/{name}", "is_external": False, "external_type": "",
        "is_public": any(workspace.channels[c].kind == "channel" for c in file.shared_in),
        "public_url_shared": False, "editable": False, "has_rich_preview": False, **_shared_in(workspace, file),
    }  # fmt: skip
    return body | _clip_facts(workspace, file, base) if file.is_clip else body


def _shared_in(workspace: Workspace, file: File) -> Json:
    kinds: dict[str, Callable[[str], bool]] = {
        "channels": lambda kind: kind == "channel",
        "groups": lambda kind: kind in ("group", "mpim"),
        "ims": lambda kind: kind == "im",
    }
    return {name: [c for c in file.shared_in if wanted(workspace.channels[c].kind)] for name, wanted in kinds.items()}


def _clip_facts(workspace: Workspace, file: File, base: str) -> Json:
    name = quote(file.name.replace("/", "_"))
    transcoded = f"{base}/files-tmb/{workspace.team_id}-{file.id}-{file.secret}/{name}_audio.mp4"
    return {
        "subtype": "slack_audio", "media_display_type": "audio", "duration_ms": file.duration_ms or 0,
        "audio_wave_samples": file.wave, "aac": transcoded, "url_private": transcoded,
        "transcription": _transcription(file),
    }  # fmt: skip


def _transcription(file: File) -> Json:
    if not file.is_transcribed:
        return {"status": "processing"}
    if file.transcription is None:
        return {"status": "none"}
    shown = file.transcription[:120]
    more = len(file.transcription) > len(shown)
    return {"status": "complete", "locale": "en-GB", "preview": {"content": shown, "has_more": more}}


def view_json(workspace: Workspace, view: View) -> Json:
    """A `view` object as the API and the payloads give it."""
    content = view.content
    return {
        "id": view.id, "team_id": workspace.team_id, "type": content["type"], "blocks": content.get("blocks", []),
        "private_metadata": content.get("private_metadata", ""), "callback_id": content.get("callback_id", ""),
        "state": {"values": view.values}, "hash": view.hash, "title": content.get("title"),
        "close": content.get("close"), "submit": content.get("submit"),
        "clear_on_close": content.get("clear_on_close", False),
        "notify_on_close": content.get("notify_on_close", False), "previous_view_id": view.previous_id,
        "root_view_id": view.root_id, "app_id": workspace.app_id, "external_id": content.get("external_id", ""),
        "app_installed_team_id": workspace.team_id, "bot_id": workspace.bot_id,
    }  # fmt: skip
