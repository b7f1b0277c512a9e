"""Events: which of the things that happen the app hears of, and in which envelope. Shapes follow Slack's samples."""

from typing import Any

from bot.sandbox.engine import Engine
from bot.sandbox.workspace.as_slack import bare_file_json, file_json, message_json, user_json, view_json
from bot.sandbox.workspace.state import Channel, File, Message, User

Json = dict[str, Any]

_MESSAGE_EVENTS = {"channel": "message.channels", "group": "message.groups", "im": "message.im", "mpim": "message.mpim"}


def announce(engine: Engine, event: Json, channel: Channel | None = None) -> None:
    """Send the event, if the app is installed, its manifest asks for it and the bot is where it happens."""
    workspace = engine.workspace
    if not engine.is_installed:
        return
    name = _MESSAGE_EVENTS[channel.kind] if event["type"] == "message" and channel else event["type"]
    if name not in workspace.app.events or (channel and workspace.bot.id not in channel.members):
        return
    engine.deliveries.send_event({
        "token": "sandbox", "team_id": workspace.team_id, "api_app_id": workspace.app_id, "type": "event_callback",
        "event_id": workspace.ids.new("Ev"), "event_time": workspace.epoch(),
        "is_ext_shared_channel": channel is not None and workspace.is_shared(channel),
        "event_context": f"4-{workspace.ids.secret(16)}", "event": event,
        "authorizations": [{"enterprise_id": None, "team_id": workspace.team_id, "user_id": workspace.bot.id,
                            "is_bot": True, "is_enterprise_install": False}],
    })  # fmt: skip


def message_posted(engine: Engine, channel: Channel, message: Message) -> None:
    """`message`, and beside it `app_mention` and `file_shared` where they apply."""
    event = _in_channel(message_json(engine.workspace, message, engine.base), channel, message.ts)
    if message.files:
        event["files"] = _first_look(engine, message)
    announce(engine, event, channel)
    if f"<@{engine.workspace.bot.id}>" in message.text and not channel.is_direct and not message.bot_id:
        announce(engine, {**event, "type": "app_mention"}, channel)
    for file in message.files:
        announce(engine, {
            "type": "file_shared", "channel_id": channel.id, "file_id": file.id, "user_id": message.user,
            "file": {"id": file.id}, "event_ts": engine.workspace.stamp(),
        }, channel)  # fmt: skip


def _first_look(engine: Engine, message: Message) -> list[Json]:
    """Files in an event: of people from elsewhere only their ids (docs.slack.dev/apis/slack-connect)."""
    author = engine.workspace.users[message.user]
    if engine.faults.take_bare_file() or author.team_id:
        return [bare_file_json(file) for file in message.files]
    return [file_json(engine.workspace, _alive(file), engine.base) for file in message.files]


def _alive(file: File) -> File:
    """The file as it was when shared: a vanished one still shows its facts in the event."""
    return File(**{**file.__dict__, "deleted": False})


def message_changed(engine: Engine, channel: Channel, message: Message, before: Message) -> None:
    """`message/message_changed` with both versions."""
    stamp = engine.workspace.stamp()
    now, then = (message_json(engine.workspace, version, engine.base) for version in (message, before))
    event = {"type": "message", "subtype": "message_changed", "hidden": True, "message": now, "previous_message": then,
             "ts": stamp}  # fmt: skip
    announce(engine, _in_channel(event, channel, stamp), channel)


def message_deleted(engine: Engine, channel: Channel, message: Message) -> None:
    """`message/message_deleted` with what it was."""
    stamp = engine.workspace.stamp()
    event = {"type": "message", "subtype": "message_deleted", "hidden": True, "deleted_ts": message.ts, "ts": stamp,
             "previous_message": message_json(engine.workspace, message, engine.base)}  # fmt: skip
    announce(engine, _in_channel(event, channel, stamp), channel)


def file_deleted(engine: Engine, file: File) -> None:
    """`file_deleted`, for a file the bot could see."""
    if channel := _where_seen(engine, file):
        announce(engine, {"type": "file_deleted", "file_id": file.id, "channel_ids": file.shared_in,
                          "user_id": file.owner, "event_ts": engine.workspace.stamp()}, channel)  # fmt: skip


def file_changed(engine: Engine, file: File) -> None:
    """`file_change`, for a file the bot can see: something about it is new, and files.info says what."""
    if channel := _where_seen(engine, file):
        announce(engine, {"type": "file_change", "file_id": file.id, "user_id": file.owner, "file": {"id": file.id},
                          "event_ts": engine.workspace.stamp()}, channel)  # fmt: skip


def _where_seen(engine: Engine, file: File) -> Channel | None:
    seen = (engine.workspace.channels[c] for c in file.shared_in)
    return next((c for c in seen if engine.workspace.bot.id in c.members), None)


def app_home_opened(engine: Engine, user: User, tab: str) -> None:
    """`app_home_opened`; it carries the published view once there is one."""
    event: Json = {"type": "app_home_opened", "user": user.id, "tab": tab, "event_ts": engine.workspace.stamp(),
                   "channel": engine.workspace.direct([user.id, engine.workspace.bot.id]).id}  # fmt: skip
    home = engine.workspace.homes.get(user.id)
    if home and tab == "home":
        event["view"] = view_json(engine.workspace, home)
    announce(engine, event)


def reaction(engine: Engine, channel: Channel, message: Message, user: User, name: str, added: bool) -> None:
    """`reaction_added` or `reaction_removed`."""
    event = {"type": "reaction_added" if added else "reaction_removed", "user": user.id, "reaction": name,
             "item_user": message.user, "event_ts": engine.workspace.stamp(),
             "item": {"type": "message", "channel": channel.id, "ts": message.ts}}  # fmt: skip
    announce(engine, event, channel)


def member_joined(engine: Engine, channel: Channel, user: User, inviter: str = "") -> None:
    """`member_joined_channel`; the bot hears of its own joining too. `inviter` is "" for who came by themselves."""
    event = _membership(engine, "member_joined_channel", channel, user)
    announce(engine, {**event, "inviter": inviter} if inviter else event, channel)


def member_left(engine: Engine, channel: Channel, user: User) -> None:
    """`member_left_channel`, while they are still in; the bot does not hear of its own leaving by this event."""
    if user.id != engine.workspace.bot.id:
        announce(engine, _membership(engine, "member_left_channel", channel, user), channel)


def _membership(engine: Engine, kind: str, channel: Channel, user: User) -> Json:
    return {"type": kind, "user": user.id, "channel": channel.id, "channel_type": channel.id[0],
            "team": user.team_id or engine.workspace.team_id, "event_ts": engine.workspace.stamp()}  # fmt: skip


def channel_created(engine: Engine, channel: Channel) -> None:
    """`channel_created`, of public channels; the app need not be there."""
    if channel.kind == "channel":
        facts = {"id": channel.id, "name": channel.name, "created": channel.created, "creator": channel.creator,
                 "context_team_id": engine.workspace.team_id}  # fmt: skip
        _announce_publicly(engine, {"type": "channel_created", "channel": facts})


def channel_renamed(engine: Engine, channel: Channel) -> None:
    """`channel_rename`, of public channels."""
    if channel.kind == "channel":
        facts = {"id": channel.id, "name": channel.name, "created": channel.created}
        _announce_publicly(engine, {"type": "channel_rename", "channel": facts})


def channel_archived(engine: Engine, channel: Channel, user: User, archived: bool) -> None:
    """`channel_archive` or `channel_unarchive`, of public channels."""
    if channel.kind == "channel":
        kind = "channel_archive" if archived else "channel_unarchive"
        _announce_publicly(engine, {"type": kind, "channel": channel.id, "user": user.id})


def team_joined(engine: Engine, user: User) -> None:
    """`team_join`, for members of this workspace."""
    if not user.team_id:
        _announce_publicly(engine, {"type": "team_join", "user": user_json(engine.workspace, user)})


def user_changed(engine: Engine, user: User) -> None:
    """`user_change`: a member's profile or role, or that they were deactivated."""
    _announce_publicly(engine, {"type": "user_change", "user": user_json(engine.workspace, user),
                                "cache_ts": engine.workspace.epoch()})  # fmt: skip


def tokens_revoked(engine: Engine) -> None:
    """`tokens_revoked`, with the users whose tokens they were, never the tokens."""
    announce(engine, {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [engine.workspace.bot.id]}})


def app_uninstalled(engine: Engine) -> None:
    """`app_uninstalled`."""
    announce(engine, {"type": "app_uninstalled"})


def _announce_publicly(engine: Engine, event: Json) -> None:
    """Of something that the whole workspace may know."""
    announce(engine, {**event, "event_ts": engine.workspace.stamp()})


def _in_channel(event: Json, channel: Channel, stamp: str) -> Json:
    return {**event, "channel": channel.id, "channel_type": channel.kind, "event_ts": stamp}
