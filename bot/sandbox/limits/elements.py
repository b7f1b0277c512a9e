"""Every element of Block Kit, and in which blocks it may stand.

Figures without a mark are from the element's page under docs.slack.dev/reference/block-kit/block-elements. [SDK]: only
slack_sdk.models.blocks.block_elements says so. [3P]: others found out.
"""

from bot.sandbox.limits.objects import (
    CONFIRM,
    DISPATCH,
    FILTER,
    LINKED_OPTION,
    LONGEST_URL,
    MARKED_OPTION,
    OPTION,
    OPTION_GROUP,
    SLACK_FILE,
    WORKFLOW,
    plain_text,
)
from bot.sandbox.limits.rich_text import RICH_TEXT
from bot.sandbox.limits.rules import FLAG, NAME, ByType, Listed, Number, OneOf, Rule, String, Thing, typed

_STYLE = OneOf(("primary", "danger"))
_LABEL = String(most=75)  # what screen readers say
_VALUE = String(most=2000)
_NUMBER = String(pattern=r"-?[0-9]+(\.[0-9]+)?")
_MANY = Listed(NAME, least=1)
_SEEN_BY = Listed(NAME, most=10)  # [SDK]

_CONFIRM: dict[str, Rule] = {"confirm": CONFIRM}
_FOCUS: dict[str, Rule] = {"focus_on_load": FLAG}
_HINT: dict[str, Rule] = {"placeholder": plain_text(150)}
_PICKED: dict[str, Rule] = {**_CONFIRM, **_FOCUS, **_HINT}
_TYPED: dict[str, Rule] = {**_FOCUS, **_HINT, "dispatch_action_config": DISPATCH}
_OPTIONS: dict[str, Rule] = {"options": Listed(OPTION, 1, 100), "option_groups": Listed(OPTION_GROUP, 1, 100)}
_MULTI: dict[str, Rule] = {**_PICKED, "max_selected_items": Number(least=1)}
_QUERY: dict[str, Rule] = {"min_query_length": Number(least=0)}
_CONVERSATIONS: dict[str, Rule] = {"default_to_current_conversation": FLAG, "filter": FILTER}


def _element(kind: str, fields: dict[str, Rule], *required: str) -> Thing:
    return typed(kind, {"action_id": String(most=255), **fields}, required)


BUTTON = _element(
    "button",
    {
        "text": plain_text(75),
        "value": _VALUE,
        "url": String(most=LONGEST_URL),
        "style": _STYLE,
        "accessibility_label": _LABEL,
        "agent_prompt": String(most=4000),  # [SDK]
        "agent_prompt_display": String(),
        "visible_to_user_ids": _SEEN_BY,
        **_CONFIRM,
    },
    "text",
)
WORKFLOW_BUTTON = _element(
    "workflow_button",
    {"text": plain_text(75), "workflow": WORKFLOW, "style": _STYLE, "accessibility_label": _LABEL, **_CONFIRM},
    *("text", "workflow"),
)
OVERFLOW = _element("overflow", {"options": Listed(LINKED_OPTION, 1, 5), **_CONFIRM}, "options")

#: chosen with a click, in a section, a row of actions or a form
CHOSEN: dict[str, Thing] = {
    "checkboxes": _element(
        "checkboxes",
        {"options": Listed(MARKED_OPTION, 1, 10), "initial_options": Listed(MARKED_OPTION), **_CONFIRM, **_FOCUS},
        "options",
    ),
    "radio_buttons": _element(
        "radio_buttons",
        {"options": Listed(MARKED_OPTION, 1, 10), "initial_option": MARKED_OPTION, **_CONFIRM, **_FOCUS},
        "options",
    ),
    "datepicker": _element(
        "datepicker",
        {"initial_date": String(pattern=r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"), **_PICKED},
    ),
    "timepicker": _element(
        "timepicker",
        {"initial_time": String(pattern=r"([01][0-9]|2[0-3]):[0-5][0-9]"), "timezone": NAME, **_PICKED},
    ),
    "static_select": _element("static_select", {**_OPTIONS, "initial_option": OPTION, **_PICKED}),
    "external_select": _element("external_select", {**_QUERY, "initial_option": OPTION, **_PICKED}),
    "users_select": _element("users_select", {"initial_user": NAME, **_PICKED}),
    "channels_select": _element("channels_select", {"initial_channel": NAME, "response_url_enabled": FLAG, **_PICKED}),
    "conversations_select": _element(
        "conversations_select",
        {"initial_conversation": NAME, "response_url_enabled": FLAG, **_CONVERSATIONS, **_PICKED},
    ),
    "multi_static_select": _element("multi_static_select", {**_OPTIONS, "initial_options": Listed(OPTION), **_MULTI}),
    "multi_external_select": _element(
        "multi_external_select", {**_QUERY, "initial_options": Listed(OPTION, least=1), **_MULTI}
    ),
    "multi_users_select": _element("multi_users_select", {"initial_users": _MANY, **_MULTI}),
    "multi_channels_select": _element("multi_channels_select", {"initial_channels": _MANY, **_MULTI}),
    "multi_conversations_select": _element(
        "multi_conversations_select", {"initial_conversations": _MANY, **_CONVERSATIONS, **_MULTI}
    ),
}
DATETIME = _element("datetimepicker", {"initial_date_time": Number(1_000_000_000, 9_999_999_999), **_CONFIRM, **_FOCUS})
RICH_TEXT_INPUT = _element(
    "rich_text_input",
    {"initial_value": RICH_TEXT, "min_lines": Number(1, 100), "max_lines": Number(1, 100), **_TYPED},
    "action_id",
)
#: typed or uploaded, in a form only
WRITTEN: dict[str, Thing] = {
    "plain_text_input": _element(
        "plain_text_input",
        {
            "initial_value": String(),
            "multiline": FLAG,
            "min_length": Number(0, 3000),
            "max_length": Number(1, 3000),  # [3P]
            **_TYPED,
        },
    ),
    "email_text_input": _element("email_text_input", {"initial_value": String(), **_TYPED}),
    "url_text_input": _element("url_text_input", {"initial_value": String(), **_TYPED}),
    "number_input": _element(
        "number_input",
        {"is_decimal_allowed": FLAG, **dict.fromkeys(("initial_value", "min_value", "max_value"), _NUMBER), **_TYPED},
        "is_decimal_allowed",
    ),
    "file_input": _element("file_input", {"filetypes": _MANY, "max_files": Number(1, 10)}),
}

_THUMB = Thing({"text": plain_text(75), "value": _VALUE, "accessibility_label": _LABEL}, ("text", "value"))
FEEDBACK_BUTTONS = _element(
    "feedback_buttons",
    {"positive_button": _THUMB, "negative_button": _THUMB},
    *("positive_button", "negative_button"),
)
ICON_BUTTON = _element(
    "icon_button",
    {
        "icon": OneOf(("trash",)),
        "text": plain_text(75),
        "value": _VALUE,
        "accessibility_label": _LABEL,
        "visible_to_user_ids": _SEEN_BY,
        **_CONFIRM,
    },
    *("icon", "text"),
)
IMAGE = typed(
    "image",
    {"alt_text": String(1, 2000), "image_url": String(1, LONGEST_URL), "slack_file": SLACK_FILE},  # alt_text: [SDK]
    ("alt_text",),
)
SOURCE = typed("url", {"url": NAME, "text": NAME}, ("url", "text"))

_PRESSED: dict[str, Thing] = {"button": BUTTON, "workflow_button": WORKFLOW_BUTTON, "overflow": OVERFLOW}
IN_ACTIONS = ByType({**_PRESSED, **CHOSEN, "datetimepicker": DATETIME, "rich_text_input": RICH_TEXT_INPUT})
IN_SECTION = ByType({**_PRESSED, **CHOSEN, "image": IMAGE})
IN_INPUT = ByType({**CHOSEN, "datetimepicker": DATETIME, "rich_text_input": RICH_TEXT_INPUT, **WRITTEN})
IN_CONTEXT_ACTIONS = ByType({"feedback_buttons": FEEDBACK_BUTTONS, "icon_button": ICON_BUTTON})
