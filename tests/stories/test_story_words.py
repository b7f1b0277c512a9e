"""Hiding, putting back, changing: what holds for any words; and what Slack and Markdown make of them."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.anonymise.memory import Memory
from bot.anonymise.models import Hidden as Found
from bot.anonymise.models import Label, Masked, MaskedParagraph, Span
from bot.people.models import Scope
from bot.sandbox.limits import check_message, check_view
from bot.stories import views, windows
from bot.stories.drafting import changed, merged
from bot.stories.ids import Ref
from bot.stories.models import (
    Change,
    ChangeKind,
    Draft,
    Hidden,
    Log,
    Paragraph,
    Self,
    Shown,
    Transcript,
    may_put_back,
    put_back,
)
from bot.stories.sharing import files as story_files
from bot.stories.sharing import views as story_views
from bot.stories.signing.permissions import Asked
from bot.stories.wordage import DIRECTIONS, parted, tidied

OWN = Self(name="Amina Okafor", organisation="Larkspur Surgery", place="Tarnbridge")
TOM = Hidden(0, "PERSON:1", "[colleague A]", "PERSON", "Tom Ashdown", "Tom left on 3 May.")
DAY = Hidden(0, "DATE:1", "[date]", "DATE", "3 May", "Tom left on 3 May.")

# --- what may be put back ---


@pytest.mark.parametrize(
    ("label", "original", "sentence", "may"),
    [
        ("PERSON", "Amina", "I am Amina.", True),
        ("PERSON", "Tom", "I am not Tom.", False),
        ("PERSON", "Larkspur", "Doctor Larkspur rang me.", False),
        ("PERSON", "Okafor", "A patient called Okafor came.", False),
        ("ORG", "larkspur surgery", "I lead Larkspur Surgery.", True),
        ("ORG", "Marsh Lane Surgery", "They lead Marsh Lane Surgery.", False),
        ("LOCATION", "Tarnbridge", "I live in Tarnbridge.", True),
        ("LOCATION", "Leeds", "I live in Leeds.", False),
        ("DATE", "3 May", "I began on 3 May.", True),
        ("DATE", "3 May", "A patient died on 3 May.", False),
        ("ROLE_UNIQUE", "the only nurse on the board", "I am the only nurse on the board.", True),
        ("CONTACT", "Amina Okafor", "Write to Amina Okafor.", False),
        ("HEALTH", "Amina Okafor", "I had asthma.", False),
        ("FAMILY", "Amina", "My daughter is Amina as well.", False),
        ("ID", "Tarnbridge", "My number is Tarnbridge.", False),
    ],
)
def test_only_what_is_about_the_leader_may_be_put_back(label: str, original: str, sentence: str, may: bool) -> None:
    hidden = Hidden(0, f"{label}:1", "[it]", label, original, sentence)
    assert may_put_back(hidden, Log((hidden,)), OWN) is may


def test_a_date_beside_somebody_elses_name_stays_hidden() -> None:
    assert not may_put_back(DAY, Log((TOM, DAY)), OWN)
    assert may_put_back(DAY, Log((replace(TOM, original="Amina"), DAY)), OWN)


def test_a_date_typed_beside_a_name_that_was_hidden_before_stays_hidden() -> None:
    typed = replace(DAY, sentence="[colleague A] came back on 3 May.")
    assert not may_put_back(typed, Log((TOM, typed)), OWN)


# --- round trips ---

WORDS = st.lists(st.sampled_from(["rota", "tea", "Amina", "Okafor", "Tom", "Leeds", "home."]), min_size=1, max_size=9)
KINDS = {
    "Amina": ("PERSON:1", "[you]"),
    "Okafor": ("PERSON:1", "[you]"),
    "Tom": ("PERSON:2", "[colleague A]"),
    "Leeds": ("LOCATION:1", "[a city]"),
}


def masked(texts: list[str]) -> Masked:
    """What an anonymiser that knows these few words would give."""
    return Masked(tuple(map(_masked, texts)), Memory())


def _masked(text: str) -> MaskedParagraph:
    found, shown, at = [], [], 0
    for word in text.split(" "):
        if word in KINDS:
            entity, descriptor = KINDS[word]
            label = Label.PERSON if entity.startswith("PERSON") else Label.LOCATION
            found.append(Found(Span(at, at + len(word), label, "test", 1.0), entity, descriptor, word))
        shown.append(KINDS[word][1] if word in KINDS else word)
        at += len(word) + 1
    return MaskedParagraph(text, " ".join(shown), tuple(found))


def heard(texts: list[str]) -> tuple[Draft, Log]:
    return merged(Draft(tuple(map(Paragraph, texts))), Log(), masked(texts))


@given(st.lists(WORDS, min_size=1, max_size=4))
def test_putting_everything_back_gives_the_very_words_that_were_said(said: list[list[str]]) -> None:
    texts = [" ".join(words) for words in said]
    draft, log = heard(texts)
    back, rest = put_back(draft, log, frozenset(h.entity for h in log.hidden))
    assert [paragraph.text for paragraph in back.paragraphs] == texts
    assert rest.hidden == () and set(rest.keep) == {h.original for h in log.hidden}


@given(st.lists(WORDS, min_size=2, max_size=4), WORDS)
def test_a_name_typed_in_front_of_one_that_was_hidden_keeps_both_in_their_places(
    said: list[list[str]], typed: list[str]
) -> None:
    draft, log = heard([" ".join(words) for words in said])
    text = f"{' '.join(typed)} {draft.paragraphs[0].text}"
    change = Change(
        workspace="T1", transcript_id="t", from_version=1, kind=ChangeKind.EDIT, content=f'{{"0": "{text}"}}'
    )
    edited, before = changed(draft, log, change, OWN)
    after, now = merged(edited, before, masked([paragraph.text for paragraph in edited.paragraphs]))
    back, _ = put_back(after, now, frozenset(h.entity for h in now.hidden))
    assert back.paragraphs[0].text == " ".join([*typed, *said[0]])
    assert [paragraph.text for paragraph in back.paragraphs[1:]] == [" ".join(words) for words in said[1:]]


def test_of_two_things_with_one_descriptor_only_the_one_that_was_meant_comes_back() -> None:
    day = replace(DAY, original="4 May", entity="DATE:2")
    draft = Draft((Paragraph("From [date] to [date]."),), ("[date]",))
    back, rest = put_back(draft, Log((DAY, day)), frozenset({"DATE:2"}))
    assert back.paragraphs[0].text == "From [date] to 4 May." and rest.hidden == (DAY,)


def test_a_forged_wish_changes_nothing_about_others() -> None:
    draft, log = heard(["Tom met Amina in Leeds"])
    wish = Change(workspace="T1", transcript_id="t", from_version=1, kind=ChangeKind.PUT_BACK,
                  content='["PERSON:1", "PERSON:2", "LOCATION:1"]')  # fmt: skip
    after, _ = changed(draft, log, wish, OWN)
    assert after.paragraphs[0].text == "[colleague A] met Amina in [a city]"


# --- what Slack accepts ---

ANY_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=400)
DENSE = st.lists(st.sampled_from(["[colleague A]", "word", '"', "&", "👂"]), max_size=110).map(" ".join)
ENDLESS = st.just("a" * 3000) | st.just('"' * 1500) | st.just("[it] " * 300)
PARAGRAPHS = st.lists(st.builds(Paragraph, ANY_TEXT | DENSE | ENDLESS, st.booleans()), min_size=1, max_size=40)
MARKS = ("[colleague A]", "[it]")
ASKED = Asked((Scope.SHARE,), False, "stories", "female, rural", "v1")


@settings(deadline=None, max_examples=60)
@given(PARAGRAPHS)
def test_pages_hold_every_paragraph_once_and_slack_takes_each_of_them(paragraphs: list[Paragraph]) -> None:
    draft = Draft(tuple(paragraphs), MARKS)
    book = views.pages(paragraphs, MARKS)
    assert [number for page in book for number in page] == list(range(len(paragraphs)))
    for page in range(len(book)):
        transcript = Transcript(workspace="T1", member_id="m", recording_id="r", version=12)
        message = views.text_message(transcript, draft, page=page, deletion=None, asked=ASKED)
        check_message([block.to_dict() for block in message.blocks])
        check_view(windows.edit_modal(Ref("t" * 32, 1, page), draft).to_dict())


@settings(deadline=None, max_examples=60)
@given(PARAGRAPHS)
def test_a_story_of_any_words_is_taken_by_slack(paragraphs: list[Paragraph]) -> None:
    for message in story_views.story_messages("\n\n".join(paragraph.text for paragraph in paragraphs)):
        check_message([block.to_dict() for block in message.blocks])


NASTY = "<!channel> <https://evil.example|x> ``` &lt; [x](https://evil.example) <b>bold</b>"


def test_a_leaders_words_ping_nobody_and_forge_no_link() -> None:
    (message,) = story_views.story_messages(NASTY)
    assert "<!channel>" not in message.text
    parsed = [block.to_dict() for block in message.blocks if block.type != "rich_text"]
    assert "evil" not in str(parsed) and "channel" not in str(parsed)


def test_the_file_of_a_story_shows_the_words_and_runs_nothing() -> None:
    text = f"{NASTY}\n\n# no heading\n\n- no list\n\n1. none either\n\n[colleague A] spoke."
    file = story_files.story_markdown(Shown(name="n", workspace="T1", text=text, month="2026-03"))
    body = file.split("---", 2)[2]
    assert "```" not in body and "<" not in body
    assert not re.search(r"(?<!\\)\]\(", body)
    assert not any(line.startswith(("#", "-", "1.")) for line in body.splitlines())
    assert "[colleague A] spoke." in body


def test_marks_that_turn_the_text_around_are_left_out_of_what_is_typed() -> None:
    assert tidied("left \u202eright\u202c\x00 on\n\n \n time ") == "left right on\ntime"


@given(st.text(max_size=4000), st.integers(10, 1500))
def test_parts_hold_every_word_and_none_is_too_long(text: str, most: int) -> None:
    parts = parted(tidied(text), most)
    assert "".join("".join(parts).split()) == "".join(tidied(text).split())
    assert all(len(part) <= most for part in parts)
    assert not DIRECTIONS & set("".join(parts))
