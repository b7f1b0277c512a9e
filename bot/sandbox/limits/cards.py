"""Cards, alerts, plans, and the container that groups other blocks.

Figures without a mark are from the block's page under docs.slack.dev/reference/block-kit/blocks.
"""

from bot.sandbox.limits.blocks import BLOCKS as PLAIN_BLOCKS
from bot.sandbox.limits.blocks import block
from bot.sandbox.limits.elements import BUTTON, IMAGE, SOURCE
from bot.sandbox.limits.objects import SLACK_ICON, plain_text, text
from bot.sandbox.limits.rich_text import RICH_TEXT
from bot.sandbox.limits.rules import FLAG, NAME, ByType, Listed, OneOf, Thing
from bot.sandbox.limits.tables import TABLE

ALERT = block(
    "alert",
    {
        "text": text(200),  # github.com/slackapi/java-slack-sdk pull request 1624
        "level": OneOf(("default", "info", "warning", "error", "success")),
    },
    "text",
)
CARD = block(
    "card",
    {
        "hero_image": IMAGE,
        "icon": IMAGE,
        "slack_icon": SLACK_ICON,
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "subtext": text(200),
        "actions": Listed(ByType({"button": BUTTON}), 1, 3),
    },
)
CAROUSEL = block("carousel", {"elements": Listed(ByType({"card": CARD}), 1, 10)}, "elements")

_CHILDREN = ("actions", "context", "divider", "header", "image", "input", "rich_text", "section", "video")
CONTAINER = block(
    "container",
    {
        "title": plain_text(150),
        "rich_text_title": RICH_TEXT,
        "subtitle": text(150),
        "icon": IMAGE,
        "width": OneOf(("narrow", "standard", "wide", "full")),
        "is_collapsible": FLAG,
        "default_collapsed": FLAG,
        "has_header_divider": FLAG,
        "child_blocks": Listed(ByType({**{kind: PLAIN_BLOCKS[kind] for kind in _CHILDREN}, "table": TABLE}), 1, 10),
    },
    "child_blocks",
)

TASK_CARD = block(
    "task_card",
    {
        "task_id": NAME,
        "title": NAME,
        "details": RICH_TEXT,
        "output": RICH_TEXT,
        "sources": Listed(SOURCE),
        "status": OneOf(("pending", "in_progress", "complete", "error")),
    },
    *("task_id", "title"),
)
#: the tasks of a plan may go without a type
PLAN = block("plan", {"title": NAME, "tasks": Listed(Thing(TASK_CARD.fields, ("task_id", "title")))}, "title")

BLOCKS: dict[str, Thing] = {
    "alert": ALERT,
    "card": CARD,
    "carousel": CAROUSEL,
    "container": CONTAINER,
    "task_card": TASK_CARD,
    "plan": PLAN,
}
