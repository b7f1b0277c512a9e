"""Where on a person's screen a button or field is, and what pressing it means."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.engine import Engine
from bot.sandbox.happenings import interactivity
from bot.sandbox.happenings.suggestions import suggest
from bot.sandbox.seen import Seen, SeenMessage, see_message, see_view
from bot.sandbox.workspace.fields import Element
from bot.sandbox.workspace.state import Channel, Message, User, View, Workspace

Json = dict[str, Any]

#: selects that ask the app for their options
ASKS_APP = ("external_select", "multi_external_select")


@dataclass(frozen=True)
class Target:
    """An element, and the message or view it stands in."""

    found: Element
    message: Message | None = None
    view: View | None = None


def messages_for(workspace: Workspace, person: str, channel: Channel) -> list[SeenMessage]:
    """The channel's messages and those shown to the person alone, oldest first. In the direct message with the bot,
    what was shown to them alone elsewhere belongs too."""
    with workspace.changed:
        homes = workspace.channels.values() if channel.kind == "im" else [channel]
        alone = [m for c in homes for m in c.ephemerals if m.ephemeral_to == person]
        return [see_message(m) for m in sorted([*channel.messages.values(), *alone], key=lambda m: float(m.ts))]


def find(
    workspace: Workspace, person: str, pick: Callable[[Seen], Element | None], on: SeenMessage | str | None, home: bool
) -> Target | None:
    """The element that `pick` finds: in what `on` says, or in the open modal, or in the newest thing in sight."""
    with workspace.changed:
        if isinstance(on, SeenMessage):
            found = pick(on)
            return Target(found, message=_current(workspace, on)) if found else None
        for place in _places(workspace, person, on, home):
            found = pick(see_view(place) if isinstance(place, View) else see_message(place))
            if found:
                return Target(found, view=place) if isinstance(place, View) else Target(found, message=place)
        return None


def _places(workspace: Workspace, person: str, on: str | None, home: bool) -> Iterator[View | Message]:
    """In the order in which a person looks. An open modal hides everything else."""
    modals, own_home = workspace.modals.get(person), workspace.homes.get(person)
    if modals and on is None:
        yield modals[-1]
        return
    homes: list[View | Message] = [own_home] if own_home and on in (None, "home") else []
    channels = _in_sight(workspace, person, on)
    said = [m for c in channels for m in (*c.messages.values(), *c.ephemerals)]
    messages = [m for m in said if m.ephemeral_to in (None, person)]
    messages.sort(key=lambda m: float(m.ts), reverse=True)
    yield from [*homes, *messages] if home else [*messages, *homes]


def _in_sight(workspace: Workspace, person: str, on: str | None) -> list[Channel]:
    mine = [c for c in workspace.channels.values() if person in c.members]
    if on is None:
        return mine
    named = workspace.channel_named(on)
    return [named] if named else []


def _current(workspace: Workspace, seen: SeenMessage) -> Message:
    return place_of(workspace, seen)[1]


def place_of(workspace: Workspace, seen: SeenMessage) -> tuple[Channel, Message]:
    """The message of today, and where; one that is gone is clicked on a screen that has not noticed."""
    channel = workspace.channels[seen.channel]
    known = [*channel.messages.values(), *channel.ephemerals, *channel.deleted]
    return channel, next(message for message in known if message.ts == seen.ts)


def with_options(engine: Engine, person: User, target: Target, query: str) -> Element:
    """The field with the options that the app offers for what was typed; waits for its ack."""
    if target.view:
        offered = suggest(engine, person, target.found, query, target.view)
    else:
        assert target.message, "a field stands in a view or a message"
        place = engine.workspace.channels[target.message.channel], target.message
        offered = suggest(engine, person, target.found, query, place)
    return Element(target.found.block, {**target.found.element, **offered})


def overflow_option(found: Element, label: str) -> Json | None:
    """The entry of an overflow menu that was meant; None for a button."""
    if found.kind != "overflow":
        return None
    return next(dict(option) for option in found.element["options"] if option["text"]["text"] == label)


def set_value(workspace: Workspace, target: Target, value: Json) -> None:
    """Fill a field in."""
    with workspace.changing():
        if target.view:
            target.view.values.setdefault(target.found.block_id, {})[target.found.action_id] = value


def act(engine: Engine, person: User, target: Target, value: Json | None = None) -> None:
    """Press or choose, and wait for the app's ack."""
    if target.view:
        interactivity.act_on_view(engine, person, target.view, target.found, value)
    elif target.message:
        channel = engine.workspace.channels[target.message.channel]
        interactivity.act_on_message(engine, person, channel, target.message, target.found, value)
