"""Blocks, elements and views to put the limits to the test with: each is fine as it comes."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.sandbox.errors import Refused

DIVIDER = {"type": "divider"}
PICTURE = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A hill"}
RAW = {"type": "raw_text", "text": "x"}


def plain(text: str) -> dict:
    return {"type": "plain_text", "text": text}


def marked(text: str) -> dict:
    return {"type": "mrkdwn", "text": text}


def section(length: int = 1, **more: object) -> dict:
    return {"type": "section", "text": plain("x" * length), **more}


def actions(*elements: dict) -> dict:
    return {"type": "actions", "elements": list(elements)}


def button(text: str = "Go", **more: object) -> dict:
    return {"type": "button", "action_id": "go", "text": plain(text), **more}


def option(number: int = 0, **more: object) -> dict:
    return {"text": plain("One"), "value": str(number), **more}


def options(kind: str, count: int = 1, **more: object) -> dict:
    return {"type": kind, "options": [option(number) for number in range(count)], **more}


def confirm(**more: object) -> dict:
    parts = {
        "title": plain("Sure?"),
        "text": plain("It can't be undone."),
        "confirm": plain("Yes"),
        "deny": plain("No"),
    }
    return button(confirm={**parts, **more})


def form(element: dict, **more: object) -> dict:
    return {"type": "input", "label": plain("Your answer"), "element": element, **more}


def rich(*pieces: dict) -> dict:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(pieces)}]}


def modal(*blocks: dict, **more: object) -> dict:
    return {"type": "modal", "title": plain("Title"), "submit": plain("Send"), "blocks": list(blocks), **more}


def table(rows: int = 1, cells: int = 1, text: str = "x", **more: object) -> dict:
    return {"type": "table", "rows": [[RAW | {"text": text}] * cells] * rows, **more}


def refusal(check: Callable[[Any], None], value: Any) -> Refused:
    """How the check refuses the value."""
    with pytest.raises(Refused) as refused:
        check(value)
    return refused.value
