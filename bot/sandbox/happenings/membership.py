"""Who is in which channel: people join, are invited, leave and are removed; channels close and change their names.

What a guest may and may not do follows Slack's help pages on guest roles; the names of refusals are those of the
conversations.* methods (docs.slack.dev/reference/methods).
"""

from bot.sandbox.engine import Engine
from bot.sandbox.errors import Refused
from bot.sandbox.happenings import events
from bot.sandbox.workspace.state import Channel, User

LONGEST_NAME = 80


def join(engine: Engine, channel: Channel, user: User) -> None:
    """Join a public channel by oneself. Refused: private ones, and all for people of another workspace, as if
    they were not there; guests wait to be invited."""
    if channel.is_direct:
        raise Refused("method_not_supported_for_channel_type")
    if channel.kind != "channel" or user.team_id:
        raise Refused("channel_not_found")
    if user.is_restricted:
        raise Refused("user_is_restricted")
    _must_be_open(channel)
    if user.id not in channel.members:
        _enter(engine, channel, user, inviter="")


def invite(engine: Engine, channel: Channel, people: list[User], inviter: User | None = None) -> None:
    """People are brought in, all or nobody. Refused: `already_in_channel`, `cant_invite_self`, and `ura_max_channels`
    for a guest who may be in one channel only and is in another."""
    if channel.is_direct:
        raise Refused("method_not_supported_for_channel_type")
    _must_be_open(channel)
    for user in people:
        _may_be_invited(engine, channel, user, inviter)
    for user in people:
        _enter(engine, channel, user, inviter.id if inviter else "")


def leave(engine: Engine, channel: Channel, user: User) -> bool:
    """Leave a channel, or be removed from it; False for who was not there. Refused: a direct message can't be left."""
    if channel.is_direct:
        raise Refused("method_not_supported_for_channel_type")
    _must_be_open(channel)
    if user.id not in channel.members:
        return False
    with engine.workspace.changing():
        events.member_left(engine, channel, user)
        channel.members.remove(user.id)
        engine.workspace.tell("channel", channel.id)
    return True


def create(engine: Engine, name: str, kind: str, creator: User) -> Channel:
    """A new channel with its maker in it. Refused: `name_taken` and names that Slack does not allow."""
    check_name(engine, name)
    if creator.is_restricted:
        raise Refused("user_is_restricted")
    with engine.workspace.changing():
        channel = engine.workspace.add_channel(name, kind, [creator.id], creator=creator.id)
        events.channel_created(engine, channel)
        return channel


def rename(engine: Engine, channel: Channel, name: str) -> None:
    """Another name. Refused as for a new channel."""
    check_name(engine, name)
    with engine.workspace.changing():
        channel.name = name
        engine.workspace.tell("channel", channel.id)
        events.channel_renamed(engine, channel)


def archive(engine: Engine, channel: Channel, user: User) -> None:
    """Close the channel: it can be read, and nothing more is said. Refused: `already_archived`."""
    if channel.is_direct:
        raise Refused("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise Refused("already_archived")
    _set_archived(engine, channel, user, True)


def unarchive(engine: Engine, channel: Channel, user: User) -> None:
    """Open it again. Refused: `not_archived`."""
    if not channel.is_archived:
        raise Refused("not_archived")
    _set_archived(engine, channel, user, False)


def check_name(engine: Engine, name: str) -> None:
    """Refused: `name_taken`, `invalid_name_maxlength`, `invalid_name_specials`."""
    if engine.workspace.channel_named(name):
        raise Refused("name_taken")
    if len(name) > LONGEST_NAME:
        raise Refused("invalid_name_maxlength")
    if not name or name != name.lower() or any(sign in name for sign in " .#@"):
        raise Refused("invalid_name_specials")


def _enter(engine: Engine, channel: Channel, user: User, inviter: str) -> None:
    with engine.workspace.changing():
        channel.members.append(user.id)
        engine.workspace.tell("channel", channel.id)
        events.member_joined(engine, channel, user, inviter)


def _may_be_invited(engine: Engine, channel: Channel, user: User, inviter: User | None) -> None:
    if inviter and user.id == inviter.id:
        raise Refused("cant_invite_self")
    if user.id in channel.members:
        raise Refused("already_in_channel")
    rooms = (c for c in engine.workspace.channels.values() if not c.is_direct)
    if user.is_ultra_restricted and any(user.id in room.members for room in rooms):
        raise Refused("ura_max_channels")


def _must_be_open(channel: Channel) -> None:
    if channel.is_archived:
        raise Refused("is_archived")


def _set_archived(engine: Engine, channel: Channel, user: User, archived: bool) -> None:
    with engine.workspace.changing():
        channel.is_archived = archived
        engine.workspace.tell("channel", channel.id)
        events.channel_archived(engine, channel, user, archived)
