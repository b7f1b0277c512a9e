"""Which blocks may stand in a message, a modal and on Home, and how many.

Which and where: docs.slack.dev/blocks.json (what the pages' "available in surfaces" is made from); how many: the page
docs.slack.dev/reference/block-kit/blocks. The file block is for reading only, and tables on Home are dropped though the
list names them [3P], so neither is taken here. Containers and charts on Home are newer than the stored list [3P].
"""

from bot.sandbox.limits import blocks, cards, tables
from bot.sandbox.limits.rules import ByType, Listed, Thing

ALL_BLOCKS: dict[str, Thing] = {**blocks.BLOCKS, **tables.BLOCKS, **cards.BLOCKS}
_EVERYWHERE = {"section", "header", "context", "actions", "divider", "image", "input", "rich_text", "video", "card"}
SURFACES = {
    "message": _EVERYWHERE
    | {"context_actions", "markdown", "table", "data_table", "data_visualization", "carousel", "container"}
    | {"task_card", "plan"},
    "modal": _EVERYWHERE | {"alert"},
    "home": _EVERYWHERE | {"carousel", "container", "data_visualization"},
}
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}


def blocks_on(surface: str) -> Listed:
    """The rule for the blocks of a `message`, a `modal` or a `home`."""
    kinds = {kind: rule for kind, rule in ALL_BLOCKS.items() if kind in SURFACES[surface]}
    return Listed(ByType(kinds), most=MOST_BLOCKS[surface])
