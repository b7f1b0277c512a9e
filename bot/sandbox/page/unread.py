"""What somebody has not read yet, counted from the newest backwards, so that a long history costs nothing."""

from typing import NamedTuple

from bot.sandbox.workspace.state import Channel, Message, User, Workspace
from bot.sandbox.workspace.texts import words_of

#: a higher number helps nobody
MOST_COUNTED = 100
#: messages that are looked at: own ones and replies are passed over without being counted
LOOKED_AT = 500

_FOR_EVERYBODY = ("<!here>", "<!channel>", "<!everyone>")


class Unread(NamedTuple):
    """How many messages, and how many of them call for this person; both at most `MOST_COUNTED`."""

    messages: int
    mentions: int


def unread(workspace: Workspace, me: User, channel: Channel) -> Unread:
    """What others said in the channel since this person last read it; replies in threads don't count."""
    last_read = workspace.reads.get((me.id, channel.id), "")
    count = mentions = 0
    for looked_at, message in enumerate(reversed(channel.messages.values())):
        if message.ts <= last_read or count == MOST_COUNTED or looked_at == LOOKED_AT:
            break
        if message.user != me.id and message.is_in_channel:
            count += 1
            mentions += channel.is_direct or _calls_for(me, message)
    return Unread(count, mentions)


def mark_read(workspace: Workspace, me: User, channel: Channel, ts: str) -> None:
    """They have read the channel up to `ts`. Never backwards, never beyond what was said."""
    with workspace.changing():
        key = me.id, channel.id
        newest = next(reversed(channel.messages), "")
        upto = min(ts, newest)
        if upto > workspace.reads.get(key, ""):
            workspace.reads[key] = upto
            workspace.tell("reads", channel.id, person=me.id)


def _calls_for(me: User, message: Message) -> bool:
    words = f"{message.text}\n{words_of(message.blocks)}"
    return f"<@{me.id}>" in words or any(call in words for call in _FOR_EVERYBODY)
