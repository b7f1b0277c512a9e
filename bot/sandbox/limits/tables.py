"""Tables and charts.

Figures without a mark are from the block's page under docs.slack.dev/reference/block-kit/blocks.
"""

from bot.sandbox.limits.blocks import block
from bot.sandbox.limits.rich_text import RICH_TEXT
from bot.sandbox.limits.rules import FLAG, ByType, Listed, Number, OneOf, OrNull, String, Thing, typed

#: characters in all cells of all tables of a message, by type (the pages of autumn 2026; before, one table a message)
LARGEST_TABLES = {"table": 10_000, "data_table": 20_000}

_RAW_TEXT = typed("raw_text", {"text": String(least=1)}, ("text",))
_RAW_NUMBER = typed("raw_number", {"value": Number(whole=False), "text": String(least=1)}, ("value",))
_ROW = Listed(ByType({"raw_text": _RAW_TEXT, "raw_number": _RAW_NUMBER, "rich_text": RICH_TEXT}), 1, 20)
_COLUMN = Thing({"align": OneOf(("left", "center", "right")), "is_wrapped": FLAG})

TABLE = block(
    "table",
    {
        "rows": Listed(_ROW, 1, 100),
        "column_settings": Listed(OrNull(_COLUMN), most=20),
    },
    "rows",
)
DATA_TABLE = block(
    "data_table",
    {
        "caption": String(least=1),
        "rows": Listed(_ROW, 2, 201),
        "page_size": Number(1, 100),
        "row_header_column_index": Number(0, 19),
    },
    *("caption", "rows"),
)

_LABEL = String(1, 20)
_POINT = Thing({"label": _LABEL, "value": Number(whole=False)}, ("label", "value"))
_SERIES = Thing({"name": _LABEL, "data": Listed(_POINT, 1, 20)}, ("name", "data"))
_AXES = Thing(
    {"categories": Listed(_LABEL, 1, 20), "x_label": String(most=50), "y_label": String(most=50)}, ("categories",)
)


def _lines(kind: str) -> Thing:
    return typed(kind, {"series": Listed(_SERIES, 1, 6), "axis_config": _AXES}, ("series", "axis_config"))


_PIE = typed("pie", {"segments": Listed(_POINT, 1, 6)}, ("segments",))
CHART = block(
    "data_visualization",
    {
        "title": String(1, 50),
        "chart": ByType({"pie": _PIE, **{kind: _lines(kind) for kind in ("line", "bar", "area")}}),
    },
    *("title", "chart"),
)

BLOCKS: dict[str, Thing] = {"table": TABLE, "data_table": DATA_TABLE, "data_visualization": CHART}
