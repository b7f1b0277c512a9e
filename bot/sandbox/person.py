"""A member of the workspace, as a test speaks of them: `amina.says(…)`, `amina.sees(…)`, `amina.clicks(…)`."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from bot.sandbox import screen
from bot.sandbox.engine import Engine
from bot.sandbox.errors import SwitchedOff
from bot.sandbox.happenings import events, filing, interactivity, membership, posting
from bot.sandbox.happenings.posting import Draft
from bot.sandbox.seen import SeenMessage, SeenView, see_message, see_view
from bot.sandbox.workspace.composing import rich_text
from bot.sandbox.workspace.fields import Element, missing, value_of
from bot.sandbox.workspace.state import Channel, File, Message, User, View
from bot.sandbox.workspace.texts import typed

Found = TypeVar("Found")


class Person:
    """One member. Everything they do happens at once; everything they look for may take a while (`within` seconds)."""

    def __init__(self, engine: Engine, user: User) -> None:
        self._engine, self._workspace, self.user = engine, engine.workspace, user
        self.id, self.name = user.id, user.real_name
        self._looks_at_home = False

    def __repr__(self) -> str:
        return f"Person({self.id})"

    @property
    def direct(self) -> Channel:
        """The direct message with the bot."""
        return self._workspace.direct([self.id, self._workspace.bot.id])

    # speaking

    def says(self, text: str, channel: str | None = None, thread: SeenMessage | None = None) -> SeenMessage:
        """Post a message, to the bot unless a channel is named. `<@ID>` of a member is a mention; the rest is text."""
        draft = self._typed(text)
        draft.thread_ts = thread.ts if thread else None
        return self._post(draft, channel)

    def sends_voice(
        self, path: Path | str | bytes, *, duration_ms: int | None = None, mimetype: str = "audio/mp4",
        name: str = "audio_message.m4a", transcription: str | None = None, channel: str | None = None,
    ) -> SeenMessage:  # fmt: skip
        """Send a recorded clip, as Slack's own recorder makes it. `.files[0]` of the answer is the file."""
        data = path if isinstance(path, bytes) else Path(path).read_bytes()
        file = filing.keep_file(self._engine, self.user, name, mimetype, data)
        return self._share(filing.make_clip(file, duration_ms, transcription), "", channel)

    def sends_file(
        self, path: Path | str | bytes, *, name: str | None = None, mimetype: str = "application/octet-stream",
        text: str = "", channel: str | None = None,
    ) -> SeenMessage:  # fmt: skip
        """Upload a file with an optional message."""
        data = path if isinstance(path, bytes) else Path(path).read_bytes()
        called = name or ("file" if isinstance(path, bytes) else Path(path).name)
        return self._share(filing.keep_file(self._engine, self.user, called, mimetype, data), text, channel)

    def shares(self, file: File, text: str = "", channel: str | None = None) -> SeenMessage:
        """Share a file again that exists already, possibly somebody else's."""
        return self._share(file, text, channel)

    def _share(self, file: File, text: str, channel: str | None) -> SeenMessage:
        if self._engine.faults.take_vanishing():
            file.deleted = True
        message = self._post(Draft(typed(text, self._workspace.users), files=[file]), channel)
        if file.deleted:
            filing.delete_file(self._engine, file)
        return message

    def _typed(self, text: str) -> Draft:
        known = {*self._workspace.users, *self._workspace.channels}
        return Draft(typed(text, self._workspace.users), rich_text(text, known))

    def _post(self, draft: Draft, channel: str | None) -> SeenMessage:
        self._looks_at_home = False
        place = self._channel(channel)
        if place is self.direct and not self._workspace.app.messages_tab:
            raise SwitchedOff(what="the Messages tab")
        assert self.id in place.members, f"{self.name} has not joined {place.name}"
        return see_message(posting.post(self._engine, place, self.user, draft))

    def edits(self, message: SeenMessage, text: str) -> None:
        """Change the words of an own message."""
        posting.edit(self._engine, *self._own(message), self._typed(text))

    def deletes(self, message: SeenMessage) -> None:
        """Delete an own message, and with it the own files in it."""
        posting.delete(self._engine, *self._own(message))
        for file in message.files:
            if file.owner == self.id and not file.deleted:
                filing.delete_file(self._engine, file)

    def deletes_file(self, file: File) -> None:
        """Delete an own file; Slack lets nobody else."""
        assert file.owner == self.id, f"{file.id} is not theirs to delete"
        filing.delete_file(self._engine, file)

    def reacts(self, message: SeenMessage, emoji: str) -> None:
        """Put an emoji on a message."""
        channel = self._workspace.channels[message.channel]
        found = channel.messages[message.ts]
        posting.react(self._engine, channel, found, self.user, emoji)

    def unreacts(self, message: SeenMessage, emoji: str) -> None:
        """Take an own emoji off a message."""
        channel = self._workspace.channels[message.channel]
        posting.take_reaction(self._engine, channel, channel.messages[message.ts], self.user, emoji)

    def joins(self, channel: str) -> None:
        """Join a public channel by oneself. Refused: guests wait to be invited."""
        membership.join(self._engine, self._named(channel), self.user)

    def leaves(self, channel: str) -> None:
        """Leave a channel."""
        assert membership.leave(self._engine, self._named(channel), self.user), f"{self.name} is not in {channel}"

    def uses_shortcut(self, callback_id: str, on: SeenMessage | None = None) -> None:
        """Use a global shortcut, or one of a message, and wait for the ack. Refused: `shortcut_not_found`."""
        if on is None:
            interactivity.use_shortcut(self._engine, self.user, callback_id)
            return
        channel, message = screen.place_of(self._workspace, on)
        interactivity.use_shortcut(self._engine, self.user, callback_id, channel, message)

    def runs(self, command: str, text: str = "", channel: str | None = None) -> None:
        """Run a slash command and wait for its ack."""
        assert command in self._workspace.app.commands, f"{command} is not a valid command"
        interactivity.run_command(self._engine, self.user, self._channel(channel), command, text)

    # looking

    def opens_home(self) -> None:
        """Open the app's Home tab."""
        self._looks_at_home = True
        events.app_home_opened(self._engine, self.user, "home")

    def opens_messages(self) -> None:
        """Open the app's Messages tab."""
        self._looks_at_home = False
        events.app_home_opened(self._engine, self.user, "messages")

    @property
    def home(self) -> SeenView | None:
        """The App Home as it stands, None before the app published one."""
        view = self._workspace.homes.get(self.id)
        return see_view(view) if view else None

    def messages(self, channel: str | None = None) -> list[SeenMessage]:
        """What this person has in front of them, oldest first: the direct message with the bot unless a channel is
        named, and what is shown to them alone there."""
        return screen.messages_for(self._workspace, self.id, self._channel(channel))

    def sees(self, fragment: str, within: float = 10.0, channel: str | None = None,
             after: SeenMessage | None = None) -> SeenMessage:  # fmt: skip
        """Wait for a message of somebody else with the fragment (the newest that has it; `after`: newer than that)."""

        def look() -> SeenMessage | None:
            found = [m for m in self.messages(channel) if m.user != self.id and fragment in m.text]
            return next((m for m in reversed(found) if not after or float(m.ts) > float(after.ts)), None)

        return self._wait(look, within, lambda: f"never saw “{fragment}”, but:\n{self._shown(channel)}")

    def sees_at_home(self, fragment: str, within: float = 10.0) -> SeenView:
        """Wait for the App Home to say the fragment."""

        def look() -> SeenView | None:
            return self.home if self.home and fragment in self.home.text else None

        return self._wait(look, within, lambda: f"never saw “{fragment}” at home, but:\n{self.home}")

    def never_sees(self, fragment: str, for_seconds: float = 1.0, channel: str | None = None) -> None:
        """AssertionError if a message of somebody else with the fragment is there or comes."""
        until = time.monotonic() + for_seconds
        while True:
            found = [m for m in self.messages(channel) if m.user != self.id and fragment in m.text]
            assert not found, f"saw “{fragment}”: {found[0]}"
            if time.monotonic() >= until:
                return
            time.sleep(0.02)

    def modal(self, within: float = 5.0, containing: str = "") -> SeenView:
        """The top open modal, waited for; `containing`: until it says so."""

        def look() -> SeenView | None:
            stack = self._workspace.modals.get(self.id)
            seen = see_view(stack[-1]) if stack else None
            return seen if seen and containing in seen.text else None

        return self._wait(look, within, lambda: f"no modal with “{containing}”, but: {self._top_modal()}")

    @property
    def has_modal(self) -> bool:
        """Whether a modal is open."""
        return bool(self._workspace.modals.get(self.id))

    # doing

    def clicks(self, label: str, on: SeenMessage | str | None = None, within: float = 10.0) -> None:
        """Click a button by its label or action_id, and wait for the ack. `on`: a message (as it was when seen), "home"
        or a channel's name; otherwise the open modal, or the newest thing in sight that has it."""
        target = self._wait(
            lambda: screen.find(self._workspace, self.id, lambda seen: seen.button(label), on, self._looks_at_home),
            within,
            lambda: f"no button “{label}” in sight, but:\n{self._shown(None)}\n{self._top_modal()}\n{self.home}",
        )
        option = screen.overflow_option(target.found, label)
        screen.act(self._engine, self.user, target, {"selected_option": option} if option else None)

    def fills(self, answers: dict[str, Any], on: SeenMessage | str | None = None, within: float = 5.0) -> None:
        """Fill in fields by label, placeholder or action_id, in the open modal (or where `on` says).

        Values: text, a date "2026-11-22", a Person or id, the label of an option, a list of them. A field that tells
        the app at once (outside an input block, or `dispatch_action`) does so."""
        for name, wanted in answers.items():
            target = self._field(name, on, within)
            value = value_of(self._with_options(target, wanted), wanted)
            screen.set_value(self._workspace, target, value)
            if target.found.fires:
                screen.act(self._engine, self.user, target, value)

    def suggestions(self, name: str, query: str, within: float = 5.0) -> list[str]:
        """What a select offers whose options the app gives, once this much is typed into it."""
        target = self._field(name, None, within)
        options = screen.with_options(self._engine, self.user, target, query).element.get("options", [])
        return [option["text"]["text"] for option in options]

    def submits(self, times: int = 1) -> dict[str, str]:
        """Submit the top modal. Gives the errors shown under fields (by block_id): the form's own, or the app's."""
        view = self._top()
        errors = missing(view.content["blocks"], view.values)
        return errors or interactivity.submit(self._engine, self.user, view, times)

    def closes(self, whole_stack: bool = False) -> None:
        """Close the top modal, or all of them."""
        interactivity.close(self._engine, self.user, self._top(), whole_stack)

    # how

    def _wait(self, look: Callable[[], Found | None], within: float, otherwise: Callable[[], str]) -> Found:
        until = time.monotonic() + within
        with self._workspace.changed:
            while True:
                found = look()
                if found is not None:
                    return found
                left = until - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"{self.name} {otherwise()}")
                self._workspace.changed.wait(left)

    def _field(self, name: str, on: SeenMessage | str | None, within: float) -> screen.Target:
        return self._wait(
            lambda: screen.find(self._workspace, self.id, lambda seen: seen.field(name), on, self._looks_at_home),
            within,
            lambda: f"no field “{name}”, but: {self._top_modal()}",
        )

    def _with_options(self, target: screen.Target, wanted: Any) -> Element:
        """The field; of one whose options the app gives, with those that it offers for the label."""
        if target.found.kind not in screen.ASKS_APP:
            return target.found
        query = wanted if isinstance(wanted, str) else " ".join(wanted)
        return screen.with_options(self._engine, self.user, target, query)

    def _named(self, name: str) -> Channel:
        channel = self._workspace.channel_named(name) or self._workspace.channels.get(name)
        assert channel, f"there is no channel {name}"
        return channel

    def _channel(self, name: str | None) -> Channel:
        """A channel that the person can look into: guests only into their own."""
        if name is None:
            return self.direct
        channel = self._named(name)
        assert (channel.kind == "channel" and not self.user.is_outsider) or self.id in channel.members, (
            f"{self.name} is not in {name}"
        )
        return channel

    def _own(self, message: SeenMessage) -> tuple[Channel, Message]:
        assert message.user == self.id, "that message is not theirs"
        channel = self._workspace.channels[message.channel]
        return channel, channel.messages[message.ts]

    def _top(self) -> View:
        stack = self._workspace.modals.get(self.id)
        assert stack, f"{self.name} has no modal open"
        return stack[-1]

    def _top_modal(self) -> str:
        stack = self._workspace.modals.get(self.id)
        return f"a modal: {see_view(stack[-1])}" if stack else "no modal"

    def _shown(self, channel: str | None) -> str:
        return "\n".join(map(str, self.messages(channel))) or "(nothing)"
