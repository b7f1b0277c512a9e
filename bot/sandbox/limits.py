"""What Slack refuses in messages and views: the main Block Kit limits, as tables.

Figures: docs.slack.dev/reference/block-kit and slack_sdk.models; the size of all blocks together is undocumented
(bolt-js issue 2509). `response_metadata.messages` name the place as Slack does, with a JSON pointer.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.sandbox.errors import Refused

Json = dict[str, Any]

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
LARGEST_MESSAGE = 13_200
LARGEST_VIEW = 250_000
LONGEST_UPDATE = 4_000

#: type of a block, element or view -> {where: most characters}
CHARACTERS: dict[str, dict[str, int]] = {
    "section": {"text/text": 3000, "fields/*/text": 2000, "block_id": 255},
    "header": {"text/text": 150, "block_id": 255},
    "context": {"elements/*/text": 3000, "block_id": 255},
    "actions": {"block_id": 255},
    "input": {"label/text": 2000, "hint/text": 2000, "block_id": 255},
    "image": {"image_url": 3000, "alt_text": 2000, "title/text": 2000, "block_id": 255},
    "markdown": {"text": 12000, "block_id": 255},
    "button": {"text/text": 75, "value": 2000, "url": 3000, "action_id": 255, "accessibility_label": 75},
    "modal": {"title/text": 24, "submit/text": 24, "close/text": 24, "private_metadata": 3000,
              "callback_id": 255, "external_id": 255},
    "home": {"private_metadata": 3000, "callback_id": 255, "external_id": 255},
}  # fmt: skip
_CHOICE = {"options/*/text/text": 75, "options/*/value": 150, "options/*/description/text": 75, "action_id": 255,
           "placeholder/text": 150, "option_groups/*/label/text": 75}  # fmt: skip
_CONFIRM = {"confirm/title/text": 100, "confirm/text/text": 300, "confirm/confirm/text": 30, "confirm/deny/text": 30}

#: type -> {list: most entries}
COUNTS: dict[str, dict[str, int]] = {
    "section": {"fields": 10},
    "context": {"elements": 10},
    "actions": {"elements": 25},
    "static_select": {"options": 100, "option_groups": 100},
    "multi_static_select": {"options": 100, "option_groups": 100},
    "overflow": {"options": 5},
    "checkboxes": {"options": 10},
    "radio_buttons": {"options": 10},
}
_CHOICES = {"static_select", "multi_static_select", "overflow", "checkboxes", "radio_buttons"}
_INPUTS = {"users_select", "multi_users_select", "channels_select", "conversations_select", "datepicker", "timepicker",
           "datetimepicker", "plain_text_input", "email_text_input", "url_text_input", "number_input",
           "rich_text_input", "file_input", "external_select", "multi_external_select"}  # fmt: skip
_ELEMENTS = {"button", *_CHOICES, *_INPUTS}

#: what must be there, and not be empty
REQUIRED: dict[str, tuple[str, ...]] = {
    "header": ("text/text",), "input": ("label/text", "element"), "button": ("text/text",),
    "context": ("elements",), "actions": ("elements",), "modal": ("title/text", "blocks"), "home": ("blocks",),
    "image": ("alt_text",), "markdown": ("text",), "overflow": ("options",), "checkboxes": ("options",),
    "radio_buttons": ("options",),
}  # fmt: skip
#: where only plain text may stand
PLAIN = {"header": "text", "button": "text", "input": "label", "modal": "title"}
_ANYWHERE = {"section", "header", "context", "actions", "image", "divider", "rich_text", "video"}
SURFACES = {
    "message": _ANYWHERE | {"markdown", "input", "file", "table", "alert", "card"},
    "modal": _ANYWHERE | {"input"},
    "home": _ANYWHERE | {"input"},
}


def check_message(blocks: list[Json]) -> None:
    """Raises Refused: `invalid_blocks` with the places, or `msg_blocks_too_long`."""
    problems = list(_blocks_problems(blocks, "message", "/blocks"))
    if problems:
        raise Refused("invalid_blocks", problems)
    if len(json.dumps(blocks, ensure_ascii=False)) > LARGEST_MESSAGE:
        raise Refused("msg_blocks_too_long")


def check_view(view: Json) -> None:
    """Raises Refused: `invalid_arguments` with the places, or `view_too_large`."""
    if not isinstance(view, dict) or view.get("type") not in ("modal", "home"):
        raise Refused("invalid_arguments", ["[ERROR] must be a modal or home view [json-pointer:/view/type]"])
    kind, blocks = str(view["type"]), view.get("blocks", [])
    problems = [*_own_problems(view, kind, "/view"), *_blocks_problems(blocks, kind, "/view/blocks")]
    if kind == "modal" and not view.get("submit") and any(b.get("type") == "input" for b in blocks):
        problems.append("[ERROR] `submit` is needed when there is an input block [json-pointer:/view/submit]")
    if problems:
        raise Refused("invalid_arguments", problems)
    if len(json.dumps(view).encode()) > LARGEST_VIEW:
        raise Refused("view_too_large")


def _blocks_problems(blocks: Any, surface: str, path: str) -> Iterator[str]:
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        yield f"[ERROR] must be an array of blocks [json-pointer:{path}]"
        return
    if len(blocks) > MOST_BLOCKS[surface]:
        yield f"[ERROR] no more than {MOST_BLOCKS[surface]} items allowed [json-pointer:{path}]"
    yield from _repeated((b.get("block_id") for b in blocks), "block_id", path)
    for index, block in enumerate(blocks):
        kind = block.get("type")
        if kind not in SURFACES[surface]:
            yield f"[ERROR] unsupported type: {kind} [json-pointer:{path}/{index}/type]"
        else:
            yield from _own_problems(block, str(kind), f"{path}/{index}")
            yield from _element_problems(block, f"{path}/{index}")


def _element_problems(block: Json, path: str) -> Iterator[str]:
    inside = {f"elements/{i}": element for i, element in enumerate(block.get("elements", []))}
    inside |= {key: block[key] for key in ("element", "accessory") if isinstance(block.get(key), dict)}
    yield from _repeated((e.get("action_id") for e in inside.values()), "action_id", path)
    for where, element in inside.items():
        kind = str(element.get("type"))
        if kind in _ELEMENTS or (kind == "image" and "alt_text" in element):
            yield from _own_problems(element, kind, f"{path}/{where}")
        elif block["type"] in ("actions", "input", "section"):
            yield f"[ERROR] unsupported type: {kind} [json-pointer:{path}/{where}/type]"


def _own_problems(thing: Json, kind: str, path: str) -> Iterator[str]:
    limits = {**CHARACTERS.get(kind, {}), **(_CONFIRM if kind in _ELEMENTS else {})}
    if kind in _CHOICES:
        limits |= _CHOICE
    if kind in _INPUTS:
        limits |= {"action_id": 255, "placeholder/text": 150}
    for where, most in limits.items():
        yield from _length_problems(thing, where, most, path)
    for where, most in COUNTS.get(kind, {}).items():
        if len(thing.get(where, [])) > most:
            yield f"[ERROR] no more than {most} items allowed [json-pointer:{path}/{where}]"
    for where in REQUIRED.get(kind, ()):
        if not any(value for _, value in _at(thing, where)) and where != "blocks":
            yield f"[ERROR] missing required field: {where.split('/')[0]} [json-pointer:{path}]"
    if kind == "section" and not thing.get("text") and not thing.get("fields"):
        yield f"[ERROR] missing required field: text [json-pointer:{path}]"
    if kind in PLAIN and (thing.get(PLAIN[kind]) or {}).get("type") != "plain_text":
        yield f"[ERROR] must be plain_text [json-pointer:{path}/{PLAIN[kind]}/type]"


def _length_problems(thing: Json, where: str, most: int, path: str) -> Iterator[str]:
    for place, value in _at(thing, where):
        if not isinstance(value, str):
            yield f"[ERROR] must be a string [json-pointer:{path}/{place}]"
        elif len(value) > most:
            yield f"[ERROR] must be less than {most + 1} characters [json-pointer:{path}/{place}]"
        elif not value and place.endswith("text"):
            yield f"[ERROR] must be more than 0 characters [json-pointer:{path}/{place}]"


def _at(thing: Any, where: str, done: str = "") -> Iterator[tuple[str, Any]]:
    """Every (place, value) that the path leads to; `*` stands for each entry of a list."""
    if not where:
        yield done, thing
        return
    step, _, rest = where.partition("/")
    if step == "*" and isinstance(thing, list):
        for index, entry in enumerate(thing):
            yield from _at(entry, rest, f"{done}/{index}".lstrip("/"))
    elif isinstance(thing, dict) and thing.get(step) is not None:
        yield from _at(thing[step], rest, f"{done}/{step}".lstrip("/"))


def _repeated(names: Iterator[Any], what: str, path: str) -> Iterator[str]:
    for name, times in Counter(name for name in names if name).items():
        if times > 1:
            yield f"[ERROR] `{what}` must be unique: {name} [json-pointer:{path}]"
