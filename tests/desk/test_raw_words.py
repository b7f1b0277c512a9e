"""Raw words in parts, and what a correction makes of them: every word stays where in the recording it was said."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.desk.raw import Part, corrected, heard, parts, settled, stretches, waits
from bot.interviews.models import Whose
from bot.voice.models import Transcription
from bot.words import plain

from .raw_words import segment, transcribed

WORDS = st.lists(st.sampled_from(["we", "shared", "the", "rota", "home", "time,", "Priya!", "🙂", "שלום"]), max_size=12)


def texts(raw: dict) -> list[str]:  # type: ignore[type-arg]
    return [each["text"] for each in raw["segments"]]


def two() -> dict:  # type: ignore[type-arg]
    """One part: two short stretches right after each other."""
    first, second = segment(0, "we sheered the rotor", "unsure"), segment(1, "and went home")
    return transcribed(first, {**second, "start": 9.5, "end": 14.0})


def test_a_part_is_short_enough_to_be_heard_at_once_and_ends_at_a_pause() -> None:
    long = transcribed(*(segment(number, f"stretch {number}") for number in range(7)))
    assert all(part.end - part.start <= 18.0 for part in parts(long, None))
    pause = transcribed(segment(0, "before"), {**segment(1, "behind"), "start": 12.0})
    assert [part.text for part in parts(pause, None)] == ["before", "behind"]


def test_a_part_is_unclear_where_one_stretch_of_it_is() -> None:
    (part,) = parts(two(), None)
    assert (part.text, part.unclear) == ("we sheered the rotor and went home", True)
    assert not parts(transcribed(segment(0, "clear", "long_silence")), None)[0].unclear


def test_a_word_that_is_put_right_stays_in_its_stretch() -> None:
    after = corrected(two(), None, start=0.0, end=14.0, typed="we shared the rota and went home")
    assert texts(after) == ["we shared the rota", "and went home"]
    assert [(each["start"], each["end"]) for each in after["segments"]] == [(0.0, 9.0), (9.5, 14.0)]
    assert after["text"] == "we shared the rota and went home"


def test_whoever_corrects_has_listened_so_nothing_is_doubtful_any_more() -> None:
    after = corrected(two(), None, start=0.0, end=14.0, typed="we sheered the rotor and went home")
    assert texts(after) == texts(two())
    assert after["segments"][0]["flags"] == []


def test_words_without_an_old_one_in_their_place_join_the_stretch_before() -> None:
    after = corrected(two(), None, start=0.0, end=14.0, typed="so we sheered the rotor today and went home late")
    assert texts(after) == ["so we sheered the rotor today", "and went home late"]


def test_an_empty_box_strikes_the_part_out() -> None:
    raw = transcribed(segment(0, "erm"), segment(1, "we went home"))
    assert texts(corrected(raw, None, start=0.0, end=9.0, typed=" \n ")) == ["we went home"]


def test_what_nobody_could_make_out_can_be_filled_in_or_left() -> None:
    raw = transcribed(segment(0, "", "heard_but_empty"))
    (part,) = parts(raw, None)
    assert part.text == plain("interviews.unheard") and part.unclear
    assert texts(corrected(raw, None, start=0.0, end=9.0, typed="the kettle boiled")) == ["the kettle boiled"]
    assert corrected(raw, None, start=0.0, end=9.0, typed=part.text)["segments"] == raw["segments"]


def test_only_the_leaders_own_voice_is_read_and_corrected() -> None:
    raw = transcribed(segment(0, "mine", voice=0), segment(1, "another's", voice=1), segment(2, "whose?", voice=None))
    assert [part.text for part in parts(raw, Whose.FIRST)] == ["mine"]
    assert [part.text for part in parts(raw, Whose.SECOND)] == ["another's"]
    assert " ".join(part.text for part in parts(raw, Whose.BOTH)) == "mine another's whose?"
    after = corrected(raw, Whose.FIRST, start=0.0, end=9.0, typed="all mine")
    assert texts(after) == ["all mine", "another's", "whose?"]


def test_a_part_of_one_long_stretch_is_heard_whole_in_several_pieces() -> None:
    assert stretches(Part(3.0, 20.0, "", False)) == [(3.0, 20.0)]
    assert stretches(Part(0.0, 30.0, "", False)) == [(0.0, 15.0), (15.0, 30.0)]


def test_no_part_goes_over_somebody_elses_turn() -> None:
    short = [{**segment(n, f"turn {n}", voice=n % 2), "start": n * 3.0, "end": n * 3.0 + 2.5} for n in range(3)]
    assert [part.text for part in parts(transcribed(*short), Whose.FIRST)] == ["turn 0", "turn 2"]
    assert len(parts(transcribed(*short), Whose.BOTH)) == 1


def test_the_words_before_are_kept_until_the_draft_has_followed() -> None:
    once = corrected(two(), None, start=0.0, end=14.0, typed="one two")
    twice = corrected(once, None, start=0.0, end=14.0, typed="three four")
    assert waits(twice) and twice["before"] == two()["segments"]
    assert not waits(settled(twice)) and texts(settled(twice)) == texts(twice)


def test_corrected_words_are_still_a_transcription_for_every_other_room() -> None:
    after = corrected(two(), None, start=0.0, end=14.0, typed="we shared the rota")
    assert Transcription.from_json(json.loads(json.dumps(after))).segments[0].text == "we shared the rota"


def test_marks_that_turn_the_text_around_and_control_characters_are_left_out() -> None:
    after = corrected(two(), None, start=0.0, end=14.0, typed="שלום\u202e we\x00 \ud800went 🙂 home")
    assert after["text"] == "שלום we went 🙂 home"


@given(WORDS, WORDS, WORDS)
def test_whatever_is_typed_is_what_is_read_afterwards(first: list[str], second: list[str], typed: list[str]) -> None:
    raw = transcribed(segment(0, " ".join(first)), {**segment(1, " ".join(second)), "start": 9.5, "end": 15.0})
    (part,) = parts(raw, None)
    after = corrected(raw, None, start=part.start, end=part.end, typed=" ".join(typed))
    if typed != plain("interviews.unheard").split():
        assert [word for each in heard(after["segments"], None) for word in each.words if each.words] or not typed
        assert " ".join(each["text"] for each in after["segments"]).split() == typed
    starts = [each["start"] for each in after["segments"]]
    assert starts == sorted(starts) and set(starts) <= {0.0, 9.5}
