"""The blocks that have been there for long: text, pictures, rows of buttons, fields.

Figures without a mark are from the block's page under docs.slack.dev/reference/block-kit/blocks.
"""

from bot.sandbox.limits.elements import IMAGE, IN_ACTIONS, IN_CONTEXT_ACTIONS, IN_INPUT, IN_SECTION
from bot.sandbox.limits.objects import LONGEST_TEXT, LONGEST_URL, MARKED, PLAIN, SLACK_FILE, plain_text, text
from bot.sandbox.limits.rich_text import RICH_TEXT
from bot.sandbox.limits.rules import FLAG, NAME, AllOf, ByType, Listed, Number, OneOf, Rule, String, Thing, typed

_LONGEST = Thing({"text": String(most=LONGEST_TEXT)}, others=True)
_HTTPS = r"https://\S+"


def block(kind: str, fields: dict[str, Rule], *required: str) -> Thing:
    """A block of this type."""
    return typed(kind, {"block_id": String(most=255), **fields}, required)


SECTION = block(
    "section",
    {
        "text": text(LONGEST_TEXT),
        "fields": Listed(text(2000), 1, 10),
        "accessory": IN_SECTION,
        "expand": FLAG,
    },
)
HEADER = block("header", {"text": plain_text(150), "level": Number(1, 4)}, "text")
CONTEXT = block(
    "context",
    {
        "elements": Listed(
            ByType({"image": IMAGE, "plain_text": AllOf((PLAIN, _LONGEST)), "mrkdwn": AllOf((MARKED, _LONGEST))}), 1, 10
        )
    },
    "elements",
)
CONTEXT_ACTIONS = block("context_actions", {"elements": Listed(IN_CONTEXT_ACTIONS, 1, 5)}, "elements")
ACTIONS = block("actions", {"elements": Listed(IN_ACTIONS, 1, 25)}, "elements")
DIVIDER = block("divider", {})
PICTURE = block(
    "image",
    {
        "alt_text": String(1, 2000),
        "image_url": String(1, LONGEST_URL),
        "slack_file": SLACK_FILE,
        "title": plain_text(2000),
    },
    "alt_text",
)
INPUT = block(
    "input",
    {
        "label": plain_text(2000),
        "hint": plain_text(2000),
        "element": IN_INPUT,
        "optional": FLAG,
        "dispatch_action": FLAG,
    },
    *("label", "element"),
)
#: shown with messages that have remote files; apps can't send it
FILE = block("file", {"external_id": NAME, "source": OneOf(("remote",))}, "external_id", "source")
VIDEO = block(
    "video",
    {
        "alt_text": NAME,
        "title": plain_text(199),  # "less than 200"
        "title_url": String(pattern=_HTTPS),
        "description": plain_text(LONGEST_TEXT),
        "video_url": String(pattern=_HTTPS),
        "thumbnail_url": NAME,
        "author_name": String(most=49),  # "less than 50"
        "provider_name": String(),
        "provider_icon_url": NAME,
    },
    *("alt_text", "title", "video_url", "thumbnail_url"),
)
MARKDOWN = block("markdown", {"text": String(1, 12_000)}, "text")

BLOCKS: dict[str, Thing] = {
    "section": SECTION,
    "header": HEADER,
    "context": CONTEXT,
    "context_actions": CONTEXT_ACTIONS,
    "actions": ACTIONS,
    "divider": DIVIDER,
    "image": PICTURE,
    "input": INPUT,
    "file": FILE,
    "video": VIDEO,
    "markdown": MARKDOWN,
    "rich_text": RICH_TEXT,
}
