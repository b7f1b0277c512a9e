"""Linkage: who has turns of phrase of their own is found by them, and not once they are softened."""

import pytest

from bot.anonymise.risk.models import Published
from bot.anonymise.risk.style import gives_away, style_report
from tests.bench.risk.tics import SENTENCES, measure, softened, stories


@pytest.mark.parametrize("seed", [3, 11])
def test_style_tells_the_speaker_and_softened_style_does_not(seed: int) -> None:
    shares = measure(seed)
    assert shares["told"] > 2 * shares["bound"]
    assert shares["softened"] <= shares["bound"]


def test_the_report_over_all_stories_says_whether_style_is_fine() -> None:
    found = style_report(stories())
    assert (found.stories, found.speakers) == (36, 12)
    assert found.accuracy > found.bound and not found.fine


def test_one_story_each_leaves_nothing_to_attribute() -> None:
    found = style_report([Published(text, f"s{n}") for n, text in enumerate(SENTENCES[:6])])
    assert (found.stories, found.accuracy, found.fine) == (0, 0.0, True)
    assert style_report([]).fine


def test_everyday_words_shared_with_an_earlier_story_give_nothing_away() -> None:
    published = [Published("And then we said that we would go there.", "a"), Published("It was so.", "b")]
    assert gives_away("And then we said that it was all right.", "a", published) == []


def test_a_draft_loses_its_turns_of_phrase_and_keeps_the_rest() -> None:
    told = stories()
    out = [story for at, story in enumerate(told) if at % 3 != 2]
    soft = softened(told[2].text, told[2].speaker, out)
    assert "so there we are" not in soft.lower()
    assert len(soft.split()) > 0.7 * len(told[2].text.split())
