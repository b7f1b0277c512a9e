"""Where a button or field stands that somebody uses: a message they see, or a view on their screen."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.engine import Engine
from bot.sandbox.errors import Refused
from bot.sandbox.page.asked import Asked, room
from bot.sandbox.page.errors import Misunderstood
from bot.sandbox.page.rights import has_open, sees_message
from bot.sandbox.workspace.fields import Element, elements
from bot.sandbox.workspace.state import TOMBSTONE, Channel, Message, User, View

Json = dict[str, Any]


@dataclass(frozen=True)
class InMessage:
    """An element's place in a message."""

    channel: Channel
    message: Message

    @property
    def blocks(self) -> list[Json]:
        """Every block of the message, those in attachments too."""
        attached = [block for attachment in self.message.attachments for block in attachment.get("blocks") or []]
        return [*self.message.blocks, *attached]

    @property
    def id(self) -> str:
        """What tells it from every other place."""
        return f"{self.channel.id} {self.message.ts}"


@dataclass(frozen=True)
class InView:
    """An element's place in a modal or App Home."""

    view: View

    @property
    def blocks(self) -> list[Json]:
        """Every block of the view."""
        return list(self.view.content.get("blocks", []))

    @property
    def id(self) -> str:
        """What tells it from every other place."""
        return self.view.id


Place = InMessage | InView


def place_in(engine: Engine, me: User, asked: Asked) -> Place:
    """What `view` or `message` names. Refused: `view_not_found`, `message_not_found`, and what `room` refuses."""
    if "view" in asked:
        return InView(own_view(engine, me, asked.text("view")))
    return InMessage(*message_in(engine, me, Asked(asked.thing("message"))))


def own_view(engine: Engine, me: User, view_id: str) -> View:
    """A view on this person's screen. Refused: `view_not_found`, also for anybody else's."""
    view = engine.workspace.views.get(view_id)
    if view is None or not has_open(engine.workspace, me, view):
        raise Refused("view_not_found")
    return view


def top_modal(engine: Engine, me: User, view_id: str) -> View:
    """The modal in front of this person. Refused: `view_not_found` for one that is covered, closed or not theirs."""
    view = own_view(engine, me, view_id)
    if engine.workspace.modals.get(me.id, [])[-1:] != [view]:
        raise Refused("view_not_found")
    return view


def message_in(engine: Engine, me: User, asked: Asked) -> tuple[Channel, Message]:
    """The message that `channel` and `ts` name, one shown to this person alone too. Refused: `message_not_found`."""
    channel, ts = room(engine, me, asked.text("channel")), asked.stamp("ts")
    with engine.workspace.changed:
        alone = (message for message in reversed(channel.ephemerals) if message.ts == ts)
        message = channel.messages.get(ts) or next(alone, None)
    if message is None or message.subtype == TOMBSTONE or not sees_message(me, channel, message):
        raise Refused("message_not_found")
    return channel, message


def element_in(place: Place, asked: Asked) -> Element:
    """The element that `block_id` and `action_id` name. Refused: `element_not_found`."""
    block_id, action_id = asked.text("block_id"), asked.text("action_id")
    for found in elements(place.blocks):
        if (found.block_id, found.action_id) == (block_id, action_id):
            return found
    raise Refused("element_not_found")


def given_value(asked: Asked) -> Json | None:
    """The `value` beside it, None where there is none."""
    value = asked.anything("value")
    if not isinstance(value, dict | None):
        raise Misunderstood(what="value is an object")
    return value
