"""The small rules around the engine: windows, gaps, the prompt, flags, corrections, and the form that is kept."""

import json

import pytest

from bot.voice.corrections import corrected, table
from bot.voice.doubts import score_flags, segments
from bot.voice.models import Flag, Segment, Transcription
from bot.voice.prompt import MOST_LETTERS, build_prompt, recites
from bot.voice.speech import Stretch
from bot.voice.windows import gaps, placed, windows
from bot.words import vocabulary

from .conftest import words


def test_neighbouring_stretches_share_a_window_up_to_28_seconds() -> None:
    stretches = [Stretch(1, 9), Stretch(10, 20), Stretch(21, 28), Stretch(29, 40)]
    assert windows(stretches) == [Stretch(1, 28), Stretch(29, 40)]


def test_a_long_pause_always_cuts() -> None:
    assert windows([Stretch(0, 4), Stretch(14, 18), Stretch(20.5, 22)]) == [Stretch(0, 4), Stretch(14, 22)]


def test_what_was_heard_gets_the_recordings_own_times() -> None:
    (found,) = placed([words(0.5, 3.0, "We met.")], Stretch(60, 64), [Stretch(60, 64)])
    assert (found.start, found.end) == (60.5, 63.0)


def test_words_without_speech_under_them_are_left_out() -> None:
    heard = [words(0, 4, "We met."), words(5, 6, "Thanks for watching."), words(7, 9, "On Tuesday.")]
    found = placed(heard, Stretch(0, 9), [Stretch(0, 4.2), Stretch(6.8, 9)])
    assert [each.text for each in found] == ["We met.", "On Tuesday."]


def test_words_that_begin_in_the_last_breath_of_a_window_are_left_out_but_a_short_answer_is_not() -> None:
    speech = [Stretch(0, 9)]
    assert len(placed([words(0, 8.8, "We met."), words(8.8, 9, "Thank you.")], Stretch(0, 9), speech)) == 1
    assert len(placed([words(0, 0.3, "Yes.")], Stretch(0, 0.5), speech)) == 1


def test_an_end_after_the_window_is_brought_back_into_it() -> None:
    (found,) = placed([words(0, 30, "We met.")], Stretch(10, 15), [Stretch(10, 15)])
    assert found.end == 15


def test_two_seconds_of_speech_without_words_are_a_gap_and_less_is_not() -> None:
    heard = [words(0, 5, "We met."), words(8, 12, "On Tuesday.")]
    assert gaps(heard, [Stretch(0, 12)]) == [[Stretch(5, 8)]]
    assert gaps(heard, [Stretch(0, 6.5), Stretch(8, 12)]) == []


def test_short_bits_of_speech_in_one_gap_count_together() -> None:
    parts = [Stretch(5.5, 6.4), Stretch(6.8, 7.9)]
    assert gaps([words(0, 5, "We met.")], [Stretch(0, 5), *parts]) == [parts]


def test_the_prompt_is_a_comma_list_of_the_vocabulary_and_then_the_names() -> None:
    prompt = build_prompt(["Amina  Rahman", "Leek", "PCN"])
    assert prompt.startswith(", ".join(vocabulary()))
    assert prompt.endswith(", Amina Rahman, Leek.")


def test_the_prompt_never_grows_past_what_the_engine_keeps() -> None:
    prompt = build_prompt([f"Person Number {number}" for number in range(500)])
    assert len(prompt) <= MOST_LETTERS
    assert "Person Number 0," in prompt


def test_the_vocabulary_leaves_room_for_names() -> None:
    assert len(build_prompt()) < MOST_LETTERS * 0.8


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("ICB, ICS, LMC, CIC.", True),
        ("practice manager", False),
        ("Our PCN and the ICB", False),
        ("", False),
    ],
)
def test_a_recital_is_three_words_of_the_prompt_in_its_order(text: str, answer: bool) -> None:
    assert recites(text, build_prompt()) is answer


@pytest.mark.parametrize(
    ("logprob", "squeeze", "quiet", "flags"),
    [
        (-0.3, 1.5, 0.1, ()),
        (-1.1, 1.5, 0.1, (Flag.UNSURE,)),
        (-0.3, 2.5, 0.1, (Flag.LOOPED,)),
        (-0.8, 1.5, 0.7, (Flag.MAYBE_SILENCE,)),
        (-0.3, 1.5, 0.7, ()),
        (-1.1, 2.5, 0.7, (Flag.UNSURE, Flag.LOOPED, Flag.MAYBE_SILENCE)),
    ],
)
def test_the_engines_scores_become_flags(logprob: float, squeeze: float, quiet: float, flags: tuple[str, ...]) -> None:
    assert score_flags(words(0, 1, "We met.", logprob, squeeze, quiet)) == flags


def test_a_long_pause_and_speech_without_words_are_flagged_in_their_place() -> None:
    found = segments([words(0, 5, "We met."), words(17, 20, "Then quiet.")], [[Stretch(8, 9), Stretch(9.5, 11)]])
    assert [(each.text, each.flags) for each in found] == [
        ("We met.", ()),
        ("", (Flag.HEARD_BUT_EMPTY,)),
        ("Then quiet.", (Flag.LONG_SILENCE,)),
    ]
    assert (found[1].start, found[1].end, found[1].confidence) == (8, 11, 0.0)
    assert found[0].confidence == pytest.approx(0.819, abs=0.001)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("We use System One.", "We use SystmOne."),
        ("Neighborhood teams, organized well.", "Neighbourhood teams, organised well."),
        ("The Q.O.F. money", "The QOF money"),
        ("the P.C.N. lead", "the PCN lead"),
        ("colorectal systems one", "colorectal systems one"),
    ],
)
def test_what_engines_still_write_wrongly_is_put_right(wrong: str, right: str) -> None:
    assert corrected(wrong) == right


def test_no_correction_needs_correcting() -> None:
    for right in table().values():
        assert corrected(right) == right


def test_a_transcription_survives_being_kept_as_json() -> None:
    before = Transcription(
        seconds=12.5,
        engine="whisper",
        model="base",
        text="We met.",
        segments=(Segment(0.5, 2.25, "We met.", 0.875, (Flag.UNSURE, Flag.LONG_SILENCE)),),
        elapsed=3.25,
    )
    kept = json.loads(json.dumps(before.to_json()))
    assert Transcription.from_json(kept) == before
    assert kept["segments"][0]["flags"] == ["unsure", "long_silence"]
