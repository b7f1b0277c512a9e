"""What a person has in front of them: frozen facts of messages, modals and homes, for tests to look at."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.workspace.fields import Element, elements
from bot.sandbox.workspace.state import File, Message, View
from bot.sandbox.workspace.texts import unescaped, words_of

Json = dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """Blocks that somebody sees."""

    blocks: tuple[Json, ...]

    @property
    def elements(self) -> list[Element]:
        """Buttons and fields, top to bottom."""
        return list(elements(list(self.blocks)))

    @property
    def buttons(self) -> list[str]:
        """What stands on the buttons."""
        return [found.label for found in self.elements if found.kind == "button"]

    def button(self, label: str) -> Element | None:
        """The first button (or entry of an overflow menu) with the label or action_id."""
        for found in self.elements:
            if found.kind == "button" and label in (found.label, found.action_id):
                return found
            if found.kind == "overflow" and any(o["text"]["text"] == label for o in found.element["options"]):
                return found
        return None

    def field(self, name: str) -> Element | None:
        """The first field with the label, placeholder, action_id or block_id."""
        for found in self.elements:
            placeholder = (found.element.get("placeholder") or {}).get("text")
            if found.is_field and name in (found.label, placeholder, found.action_id, found.block_id):
                return found
        return None


@dataclass(frozen=True)
class SeenMessage(Seen):
    """A message as it stood when it was looked at."""

    channel: str
    ts: str
    user: str
    own_text: str
    files: tuple[File, ...]
    metadata: Json | None
    thread_ts: str | None
    edited: bool
    is_ephemeral: bool
    reactions: tuple[str, ...]

    @property
    def text(self) -> str:
        """All its words: the text and those of all blocks, with < > & as a person reads them."""
        return unescaped("\n".join(filter(None, (self.own_text, words_of(list(self.blocks))))))

    def __str__(self) -> str:
        names = "".join(f" [file {file.name}]" for file in self.files)
        buttons = "".join(f" [{label}]" for label in self.buttons)
        return f"{self.ts} {self.user}: {self.text}{names}{buttons}"


@dataclass(frozen=True)
class SeenView(Seen):
    """A modal or an App Home as it stood when it was looked at."""

    id: str
    hash: str
    callback_id: str
    private_metadata: str
    title: str
    submit: str
    values: dict[str, dict[str, Json]]

    @property
    def text(self) -> str:
        """Its title and all words in it."""
        return unescaped("\n".join(filter(None, (self.title, words_of(list(self.blocks))))))

    @property
    def labels(self) -> list[str]:
        """The labels of its fields."""
        return [found.label for found in self.elements if found.is_field]

    def __str__(self) -> str:
        return f"{self.text} {[*self.buttons, *self.labels]}"


def see_message(message: Message) -> SeenMessage:
    """The message as it stands now."""
    return SeenMessage(
        blocks=tuple(message.blocks),
        channel=message.channel,
        ts=message.ts,
        user=message.user,
        own_text=message.text,
        files=tuple(message.files),
        metadata=message.metadata,
        thread_ts=message.thread_ts,
        edited=message.edited_ts is not None,
        is_ephemeral=message.ephemeral_to is not None,
        reactions=tuple(name for name, people in message.reactions.items() if people),
    )


def see_view(view: View) -> SeenView:
    """The view as it stands now."""
    content = view.content
    return SeenView(
        blocks=tuple(content.get("blocks", [])),
        id=view.id,
        hash=view.hash,
        callback_id=content.get("callback_id", ""),
        private_metadata=content.get("private_metadata", ""),
        title=words_of(content.get("title")),
        submit=words_of(content.get("submit")),
        values={block: dict(actions) for block, actions in view.values.items()},
    )
