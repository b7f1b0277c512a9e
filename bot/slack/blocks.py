"""Small helpers for Block Kit, so that views say what they show rather than how Slack spells it.

Words of people go into `rich_text`, where Slack parses nothing: no ping, no forged link, no broken layout (rule 9).
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, TypeVar

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    RichTextBlock,
    RichTextElementParts,
    RichTextSectionElement,
    SectionBlock,
)

#: the most characters of a section's text, of a button's value, and of a message's blocks together (kept well below)
SECTION_LIMIT = 3000
BLOCKS_LIMIT = 12_000

Meta = TypeVar("Meta")


def section(text: str) -> Block:
    """A paragraph of the bot's own words (mrkdwn, already safe: from `words.say`)."""
    return SectionBlock(text=MarkdownTextObject(text=text[:SECTION_LIMIT]))


def header(text: str) -> Block:
    """A heading in plain text."""
    return HeaderBlock(text=PlainTextObject(text=text[:150]))


def context(*texts: str) -> Block:
    """A quiet line below."""
    return ContextBlock(elements=[MarkdownTextObject(text=text) for text in texts])


def button(
    label: str,
    act: StrEnum,
    value: str = "",
    *,
    style: str | None = None,
    confirm: ConfirmObject | None = None,
    url: str | None = None,
) -> ButtonElement:
    """A button; `act` is its action id, `value` a small state (`pack`)."""
    return ButtonElement(
        text=PlainTextObject(text=label, emoji=True),
        action_id=act.value,
        value=value or None,
        style=style,
        confirm=confirm,
        url=url,
    )


def actions(*buttons: ButtonElement) -> Block:
    """A row of buttons."""
    return ActionsBlock(elements=list(buttons))


def confirm(title: str, text: str, yes: str, no: str) -> ConfirmObject:
    """The window that asks once before something that matters."""
    return ConfirmObject(
        title=PlainTextObject(text=title),
        text=PlainTextObject(text=text),
        confirm=PlainTextObject(text=yes),
        deny=PlainTextObject(text=no),
    )


def peoples_words(text: str, *, marked: Iterable[str] = ()) -> Block:
    """A person's words exactly as they are, with the given phrases (what was hidden) in bold."""
    return RichTextBlock(elements=[RichTextSectionElement(elements=peoples_parts(text, marked=marked))])


def peoples_parts(text: str, *, marked: Iterable[str] = ()) -> list[Any]:
    """The same as parts of a rich text, for lists and the like."""
    parts = [
        RichTextElementParts.Text(text=part, style={"bold": True} if bold else None)
        for part, bold in split_marked(text, marked)
    ]
    return parts or [RichTextElementParts.Text(text=" ")]


def split_marked(text: str, marked: Iterable[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the marked phrases; joined they are the text again."""
    phrases = sorted(set(marked) - {""}, key=len, reverse=True)
    if not phrases:
        return [(text, False)] if text else []
    pattern = "(" + "|".join(map(re.escape, phrases)) + ")"
    return [(part, part in phrases) for part in re.split(pattern, text) if part]


def pack(state: Any) -> str:
    """A small frozen dataclass as a button's value or a modal's private_metadata."""
    return json.dumps(asdict(state), separators=(",", ":"))


def unpack(kind: type[Meta], value: str) -> Meta:
    """The dataclass again."""
    return kind(**json.loads(value))


def size(blocks: Sequence[Block]) -> int:
    """Characters that Slack counts against its limit for all blocks of a message together."""
    return sum(len(json.dumps(block.to_dict(), ensure_ascii=False)) for block in blocks)


@dataclass(frozen=True)
class Field:
    """Where a modal keeps an answer: `state.values[block][action]`."""

    block: str
    action: str = "answer"

    def text(self, view: dict[str, Any]) -> str:
        """What was typed; the empty string where nothing was."""
        return str(self._raw(view).get("value") or "")

    def ticked(self, view: dict[str, Any]) -> list[str]:
        """The values of the ticked boxes."""
        return [option["value"] for option in self._raw(view).get("selected_options") or []]

    def _raw(self, view: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = view["state"]["values"].get(self.block, {}).get(self.action, {})
        return answer
