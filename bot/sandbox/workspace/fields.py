"""Form fields of Block Kit: which there are, what they hold, and how Slack writes it in `state.values`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

#: element type -> (key of its value in state.values, key of what it starts with)
FIELDS = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "initial_files"),  # it always starts empty
}
_INTERACTIVE = {"button", "overflow", "icon_button", *FIELDS}
_IDS = {"selected_users", "selected_channels", "selected_conversations"}
_LISTS = {"selected_options", "files", *_IDS}


@dataclass(frozen=True)
class Element:
    """One interactive element and the block it stands in."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        """Its block's id."""
        return str(self.block.get("block_id", ""))

    @property
    def action_id(self) -> str:
        """Its own id within the block."""
        return str(self.element.get("action_id", ""))

    @property
    def kind(self) -> str:
        """Its type, such as `button`."""
        return str(self.element.get("type", ""))

    @property
    def label(self) -> str:
        """What a person reads beside or on it."""
        for holder, key in ((self.block, "label"), (self.element, "text"), (self.element, "placeholder")):
            if isinstance(holder.get(key), dict) and (holder is self.element or self.block.get("type") == "input"):
                return str(holder[key].get("text", ""))
        return str((self.block.get("text") or {}).get("text", ""))

    @property
    def is_field(self) -> bool:
        """Whether it holds a value."""
        return self.kind in FIELDS

    @property
    def fires(self) -> bool:
        """Whether changing it tells the app at once, rather than on submit."""
        return self.block.get("type") != "input" or bool(self.block.get("dispatch_action"))


def elements(blocks: list[Json]) -> Iterator[Element]:
    """Every interactive element, top to bottom."""
    for block in blocks:
        for element in (block.get("element"), block.get("accessory"), *block.get("elements", [])):
            if isinstance(element, dict) and element.get("type") in _INTERACTIVE:
                yield Element(block, element)


def initial_values(blocks: list[Json]) -> dict[str, dict[str, Json]]:
    """`state.values` of a form that nobody has touched."""
    values: dict[str, dict[str, Json]] = {}
    for found in elements(blocks):
        if found.is_field:
            key, initial = FIELDS[found.kind]
            empty: list[Any] | None = [] if key in _LISTS else None
            value = {"type": found.kind, key: found.element.get(initial, empty)}
            values.setdefault(found.block_id, {})[found.action_id] = value
    return values


def value_of(found: Element, wanted: Any) -> Json:
    """What state.values holds once a person picked `wanted`: text, a date, an id, or the label(s) of option(s).

    Raises AssertionError where Slack's own form would not allow it.
    """
    key, _ = FIELDS[found.kind]
    if key == "selected_option":
        value: Any = None if wanted is None else _option(found, str(wanted))
    elif key == "selected_options":
        value = [_option(found, str(one)) for one in ([wanted] if isinstance(wanted, str) else wanted)]
    elif key in _IDS:
        value = [str(getattr(one, "id", one)) for one in wanted]
    elif key == "files":
        value = list(wanted)
    elif key == "value":
        value = _typed(found, wanted)
    else:
        value = getattr(wanted, "id", wanted)
        value = value if value is None or isinstance(value, int | dict) else str(value)
    return {"type": found.kind, key: value}


def _option(found: Element, wanted: str) -> Json:
    groups = found.element.get("option_groups", [])
    options = [*found.element.get("options", []), *(o for group in groups for o in group["options"])]
    for option in options:
        if wanted in (option["text"]["text"], option["value"]):
            return dict(option)
    raise AssertionError(f"“{found.label}” has no option “{wanted}”, only {[o['text']['text'] for o in options]}")


def _typed(found: Element, wanted: Any) -> str | None:
    text = None if wanted is None or wanted == "" else str(wanted)
    longest = found.element.get("max_length")
    assert not (text and longest and len(text) > longest), f"“{found.label}” takes at most {longest} characters"
    return text


def missing(blocks: list[Json], values: dict[str, dict[str, Json]]) -> dict[str, str]:
    """Fields that must be filled in and are not: what Slack's form says under each, before it asks the app."""
    errors = {}
    for found in elements(blocks):
        if found.is_field and found.block.get("type") == "input" and not found.block.get("optional"):
            key, _ = FIELDS[found.kind]
            if not values.get(found.block_id, {}).get(found.action_id, {}).get(key):
                errors[found.block_id] = "Please complete this required field."
    return errors
