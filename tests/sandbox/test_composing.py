"""What somebody types becomes the rich text that Slack's clients send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.workspace.composing import rich_text

SECTION, QUOTE, CODE = "rich_text_section", "rich_text_quote", "rich_text_preformatted"


def _shown(text: str) -> list[tuple[str, str]]:
    """Each part as (its kind, its words)."""
    parts = rich_text(text, {"U1", "C1"})[0]["elements"]
    return [(part["type"], "".join(_words(piece) for piece in part["elements"])) for part in parts]


def _words(piece: dict) -> str:
    kind = piece["type"]
    return (
        piece["text"]
        if kind == "text"
        else f"[{kind} {piece.get('name') or piece.get('url') or piece.get(f'{kind}_id')}]"
    )


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Hello\nthere", [(SECTION, "Hello\nthere")]),
        ("<@U1> and <@U2> in <#C1>", [(SECTION, "[user U1] and <@U2> in [channel C1]")]),
        ("at 10:30:45 :tea:", [(SECTION, "at 10:30:45 [emoji tea]")]),
        ("see https://nhs.uk/a?b=c, or not", [(SECTION, "see [link https://nhs.uk/a?b=c], or not")]),
        ("> so I said\n> no\nand left", [(QUOTE, "so I said\nno"), (SECTION, "and left")]),
        ("look:\n```\na *b*\n```\nwell", [(SECTION, "look:"), (CODE, "a *b*"), (SECTION, "well")]),
        ("2*3*4 snake_case_name", [(SECTION, "2*3*4 snake_case_name")]),
        ("<script>alert(1)</script>", [(SECTION, "<script>alert(1)</script>")]),
    ],
)
def test_typed_text_is_read_as_slack_reads_it(typed, shown):
    assert _shown(typed) == shown


@pytest.mark.parametrize(("typed", "style"), [("*x*", "bold"), ("_x_", "italic"), ("~x~", "strike"), ("`x`", "code")])
def test_styles_are_marked_with_signs(typed, style):
    assert rich_text(typed, ())[0]["elements"][0]["elements"] == [{"type": "text", "text": "x", "style": {style: True}}]


@given(st.text(alphabet=st.sampled_from("ab *_~`>\n:<@U1#C/https.x"), max_size=80))
def test_any_text_becomes_rich_text_and_no_letter_is_lost(typed):
    blocks = rich_text(typed, {"U1", "C1"})
    said = "".join(str(piece) for block in blocks for part in block["elements"] for piece in part["elements"])
    assert sum(typed.count(letter) for letter in "ab") <= sum(said.count(letter) for letter in "ab")
    assert all(part["elements"] for block in blocks for part in block["elements"])
