"""Composition objects: text, options, confirm dialogs, and the smaller ones.

Figures without a mark are from the page of the same name under docs.slack.dev/reference/block-kit/composition-objects.
"""

from bot.sandbox.limits.rules import FLAG, NAME, AllOf, ByType, Listed, OneOf, Rule, String, Thing, typed

LONGEST_TEXT = 3000
LONGEST_URL = 3000

#: plain_text has no `verbatim`, mrkdwn has no `emoji`
PLAIN = typed("plain_text", {"text": String(least=1), "emoji": FLAG}, ("text",))
MARKED = typed("mrkdwn", {"text": String(least=1), "verbatim": FLAG}, ("text",))
ANY_TEXT = ByType({"plain_text": PLAIN, "mrkdwn": MARKED})


def plain_text(most: int) -> Rule:
    """Plain text only, of so many characters."""
    return AllOf((PLAIN, Thing({"text": String(most=most)}, others=True)))


def text(most: int = LONGEST_TEXT) -> Rule:
    """Plain text or mrkdwn, of so many characters."""
    return AllOf((ANY_TEXT, Thing({"text": String(most=most)}, others=True)))


#: the page says that a confirm dialog's text is plain_text; its own example is mrkdwn
CONFIRM = Thing(
    {
        "title": plain_text(100),
        "text": text(300),
        "confirm": plain_text(30),
        "deny": plain_text(30),
        "style": OneOf(("primary", "danger")),
    },
    required=("title", "text", "confirm", "deny"),
)

_VALUE = String(most=150)
#: of select menus
OPTION = Thing({"text": plain_text(75), "value": _VALUE, "description": plain_text(75)}, ("text", "value"))
#: of radio buttons and checkboxes, which may be marked up
MARKED_OPTION = Thing({"text": text(75), "value": _VALUE, "description": text(75)}, ("text", "value"))
#: of overflow menus, which may lead somewhere
LINKED_OPTION = Thing({**OPTION.fields, "url": String(most=LONGEST_URL)}, ("text", "value"))
OPTION_GROUP = Thing({"label": plain_text(75), "options": Listed(OPTION, 1, 100)}, ("label", "options"))

DISPATCH = Thing(
    {"trigger_actions_on": Listed(OneOf(("on_enter_pressed", "on_character_entered")), 1, 2)}, ("trigger_actions_on",)
)
FILTER = Thing(
    {
        "include": Listed(OneOf(("im", "mpim", "private", "public")), least=1),
        "exclude_external_shared_channels": FLAG,
        "exclude_bot_users": FLAG,
    },
    least=1,
)
SLACK_FILE = Thing({"id": NAME, "url": NAME})
TRIGGER = Thing(
    {
        "url": NAME,
        "customizable_input_parameters": Listed(Thing({"name": NAME, "value": String()}, ("name", "value"))),
    },
    ("url",),
)
WORKFLOW = Thing({"trigger": TRIGGER}, ("trigger",))
SLACK_ICON = typed(
    "icon",
    {
        "name": OneOf(
            (
                *(
                    "archive",
                    "book",
                    "bookmark",
                    "bot",
                    "bug",
                    "calendar",
                    "call",
                    "caret-left",
                    "caret-right",
                    "check",
                ),
                *("clipboard", "code", "comment", "compass", "copy", "cube", "download", "edit", "email", "eye-closed"),
                *("eye-open", "file", "flag", "folder", "gear", "globe", "heart", "help", "image", "info", "key"),
                *("lightbulb", "link", "map", "mobile", "new-window", "pin", "plus", "refine", "refresh", "rocket"),
                *("save", "screen", "share", "sparkle", "star", "star-filled", "tag", "thumbs-down", "thumbs-up"),
                *("trash", "upload", "user", "warning"),
            )
        )
    },
    ("name",),
)
