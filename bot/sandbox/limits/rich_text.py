"""The rich_text block and all that may stand in it.

Fields: docs.slack.dev/reference/block-kit/blocks/rich-text-block and @slack/types. That empty text is refused, and
that an empty list of elements is not, was seen by others [3P]; the docs are silent.
"""

from bot.sandbox.limits.rules import FLAG, NAME, ByType, Listed, Number, OneOf, Rule, String, Thing, typed

_STYLE = Thing(
    dict.fromkeys(("bold", "italic", "strike", "underline", "code", "highlight", "client_highlight", "unlink"), FLAG)
)


def _piece(kind: str, required: tuple[str, ...], **fields: Rule) -> Thing:
    return typed(kind, {**fields, "style": _STYLE}, required)


PIECES = ByType(
    {
        "text": _piece("text", ("text",), text=String(least=1)),
        "link": _piece("link", ("url",), url=NAME, text=String(), unsafe=FLAG),
        "user": _piece("user", ("user_id",), user_id=NAME),
        "usergroup": _piece("usergroup", ("usergroup_id",), usergroup_id=NAME),
        "channel": _piece("channel", ("channel_id",), channel_id=NAME),
        "team": _piece("team", ("team_id",), team_id=NAME),
        "broadcast": _piece("broadcast", ("range",), range=OneOf(("here", "channel", "everyone"))),
        "emoji": _piece("emoji", ("name",), name=NAME, unicode=NAME, skin_tone=Number(1, 6), url=NAME),
        "color": _piece("color", ("value",), value=String(pattern=r"#?[0-9A-Fa-f]{6}")),
        "date": _piece(
            "date", ("timestamp", "format"), timestamp=Number(least=0), format=NAME, url=NAME, fallback=String()
        ),
    }
)
_BORDER = Number(0, 1)
SECTION = typed("rich_text_section", {"elements": Listed(PIECES)}, ("elements",))
LIST = typed(
    "rich_text_list",
    {
        "style": OneOf(("bullet", "ordered")),
        "elements": Listed(SECTION, least=1),
        "indent": Number(0, 8),  # @slack/types: 0 to 8
        "offset": Number(least=0),
        "border": _BORDER,
    },
    ("style", "elements"),
)
PREFORMATTED = typed(
    "rich_text_preformatted", {"elements": Listed(PIECES), "border": _BORDER, "language": NAME}, ("elements",)
)
QUOTE = typed("rich_text_quote", {"elements": Listed(PIECES), "border": _BORDER}, ("elements",))

RICH_TEXT = typed(
    "rich_text",
    {
        "block_id": String(most=255),
        "elements": Listed(
            ByType(
                {
                    "rich_text_section": SECTION,
                    "rich_text_list": LIST,
                    "rich_text_preformatted": PREFORMATTED,
                    "rich_text_quote": QUOTE,
                }
            )
        ),
    },
    ("elements",),
)
