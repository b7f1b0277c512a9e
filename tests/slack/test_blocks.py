"""What people said is shown exactly as they said it: Slack reads nothing into it (rule 9)."""

from dataclasses import dataclass
from enum import StrEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack import blocks


class Act(StrEnum):
    APPROVE = "approve"


@dataclass(frozen=True)
class Page:
    transcript: str
    number: int = 1


NASTY = ["<!channel> <@U123>", "<https://example.org|your bank>", "*bold* _it_ `code`", ":tada:", "& < >", "line\nline"]


@pytest.mark.parametrize("words", NASTY)
def test_peoples_words_are_text_that_slack_does_not_parse(words: str) -> None:
    shown = blocks.peoples_words(words).to_dict()
    assert shown["type"] == "rich_text"
    (section,) = shown["elements"]
    assert section["elements"] == [{"type": "text", "text": words}]


def test_what_was_hidden_stands_out() -> None:
    shown = blocks.peoples_words("I met [colleague A] today", marked=["[colleague A]"]).to_dict()
    parts = shown["elements"][0]["elements"]
    assert [part["text"] for part in parts] == ["I met ", "[colleague A]", " today"]
    assert [part.get("style", {}).get("bold", False) for part in parts] == [False, True, False]


def test_an_empty_paragraph_still_makes_a_block_that_slack_takes() -> None:
    assert blocks.peoples_words("").to_dict()["elements"][0]["elements"] == [{"type": "text", "text": " "}]


@given(st.text(), st.lists(st.text(max_size=4)))
def test_pieces_joined_are_the_text_again(text: str, marked: list[str]) -> None:
    pieces = blocks.split_marked(text, marked)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(bold == (piece in marked) for piece, bold in pieces)
    assert all(piece for piece, _ in pieces)


def test_of_two_marked_phrases_that_begin_alike_the_longer_wins() -> None:
    assert blocks.split_marked("[a town] here", ["[a", "[a town]"]) == [("[a town]", True), (" here", False)]


@given(st.text(max_size=40), st.integers())
def test_a_small_state_comes_back_as_it_was(transcript: str, number: int) -> None:
    page = Page(transcript, number)
    assert blocks.unpack(Page, blocks.pack(page)) == page


def test_a_button_carries_its_action_and_state() -> None:
    confirm = blocks.confirm("Sure?", "It goes out.", "Yes", "Not yet")
    row = blocks.actions(blocks.button("Approve", Act.APPROVE, "t1", style="primary", confirm=confirm)).to_dict()
    (button,) = row["elements"]
    assert (button["action_id"], button["value"], button["style"]) == ("approve", "t1", "primary")
    assert button["confirm"]["deny"]["text"] == "Not yet"


def test_a_message_of_blocks_stays_measurable() -> None:
    short = [blocks.header("Story"), blocks.context("quietly"), blocks.section("words")]
    assert blocks.size(short) < blocks.size([*short, blocks.peoples_words("x" * 500)]) < blocks.BLOCKS_LIMIT


@pytest.mark.parametrize(
    ("answer", "text", "ticked"),
    [
        ({"value": "typed"}, "typed", []),
        ({"value": None}, "", []),
        ({"selected_options": [{"value": "a"}, {"value": "b"}]}, "", ["a", "b"]),
        ({"selected_options": None}, "", []),
    ],
)
def test_an_answer_is_read_from_where_the_window_keeps_it(
    answer: dict[str, object], text: str, ticked: list[str]
) -> None:
    field = blocks.Field("name")
    view = {"state": {"values": {"name": {"answer": answer}}}}
    assert (field.text(view), field.ticked(view)) == (text, ticked)
    assert blocks.Field("missing").text(view) == ""
