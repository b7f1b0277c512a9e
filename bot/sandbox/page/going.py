"""Where a person goes and what they look at: tabs of the app, channels, direct messages, what they have read."""

from typing import Any

from bot.sandbox.engine import Engine
from bot.sandbox.errors import Refused, SwitchedOff
from bot.sandbox.happenings import events, membership
from bot.sandbox.page.asked import Asked, room
from bot.sandbox.page.errors import Misunderstood
from bot.sandbox.page.rights import knows_of, sees_person
from bot.sandbox.page.unread import mark_read
from bot.sandbox.workspace.state import User

Json = dict[str, Any]

#: people in one direct conversation, oneself included
MOST_IN_DIRECT = 9


def home(engine: Engine, me: User, asked: Asked) -> Json:
    """Open the app's Home tab."""
    if not engine.workspace.app.home_tab:
        raise SwitchedOff(what="the Home tab")
    events.app_home_opened(engine, me, "home")
    return {}


def messages_tab(engine: Engine, me: User, asked: Asked) -> Json:
    """Open the app's Messages tab."""
    events.app_home_opened(engine, me, "messages")
    return {}


def read(engine: Engine, me: User, asked: Asked) -> Json:
    """They have read the channel up to `ts`."""
    mark_read(engine.workspace, me, room(engine, me, asked.text("channel")), asked.stamp("ts"))
    return {}


def join(engine: Engine, me: User, asked: Asked) -> Json:
    """Join a public channel; what was said before they came counts as read."""
    channel = engine.workspace.channels.get(asked.text("channel"))
    if channel is None or not knows_of(me, channel):
        raise Refused("channel_not_found")
    with engine.workspace.changing():
        if me.id not in channel.members:
            membership.join(engine, channel, me)
            mark_read(engine.workspace, me, channel, next(reversed(channel.messages), ""))
    return {}


def invite(engine: Engine, me: User, asked: Asked) -> Json:
    """Bring `people` into a channel that one is in oneself; all of them, or nobody. Guests don't invite."""
    workspace, channel = engine.workspace, room(engine, me, asked.text("channel"))
    if me.is_outsider:
        raise Refused("user_is_restricted")
    people = [workspace.users.get(person) for person in dict.fromkeys(asked.texts("people"))]
    wanted = [person for person in people if person and not person.deleted]
    if not wanted or len(wanted) < len(people):
        raise Refused("user_not_found")
    with workspace.changing():
        membership.invite(engine, channel, wanted, me)
    return {}


def leave(engine: Engine, me: User, asked: Asked) -> Json:
    """Leave a channel."""
    membership.leave(engine, room(engine, me, asked.text("channel")), me)
    return {}


def direct(engine: Engine, me: User, asked: Asked) -> Json:
    """The conversation with these people; gives `channel`."""
    workspace, wanted = engine.workspace, dict.fromkeys([me.id, *asked.texts("people")])
    people = [workspace.users.get(person) for person in wanted]
    if not all(person and not person.deleted and sees_person(workspace, me, person) for person in people):
        raise Refused("user_not_found")
    if not 2 <= len(wanted) <= MOST_IN_DIRECT:
        raise Misunderstood(what=f"a direct conversation has 2 to {MOST_IN_DIRECT} people")
    with workspace.changing():
        return {"channel": workspace.direct(list(wanted)).id}
