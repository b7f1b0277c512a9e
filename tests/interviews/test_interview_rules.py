"""The small rules of a recording's way: paragraphs, the progress bar, and what is decided about a clip."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interviews import service, views
from bot.interviews.models import PARAGRAPH_CHARACTERS, Answer, Recording, Stage, Whose, paragraphs
from bot.interviews.turns import LeftOut, Stretch, has_both, left_out, may_hold_another, stretch_of
from bot.people import service as people
from bot.people.bands import Profile
from bot.people.models import Member, Scope
from bot.settings import Settings
from bot.store.engine import Store
from bot.stories.wordage import PART_CHARACTERS
from bot.voice.models import Segment, Transcription

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SETTINGS = Settings(_env_file=None)  # type: ignore[call-arg]


def said(*segments: tuple[float, float, str], flags: tuple[str, ...] = ()) -> Transcription:
    made = [Segment(start, end, text, 0.9, list(flags)) for start, end, text in segments]
    return Transcription(60.0, "whisper", "base", " ".join(s.text for s in made), made, 1.0)


# --- paragraphs ---


def test_what_was_said_in_one_breath_is_one_paragraph() -> None:
    (only,) = paragraphs(said((0, 2, "We shared the rota."), (2.5, 4, "It came home.")))
    assert only.text == "We shared the rota. It came home."


def test_a_pause_starts_a_new_paragraph() -> None:
    assert [p.text for p in paragraphs(said((0, 2, "One."), (4.0, 5, "Two.")))] == ["One.", "Two."]


def test_a_long_stretch_ends_with_its_sentence() -> None:
    long = "word " * (PARAGRAPH_CHARACTERS // 5)
    found = paragraphs(said((0, 9, long), (9, 10, "and this ends it."), (10, 11, "Then more.")))
    assert [p.text.split()[-1] for p in found] == ["it.", "more."]


def test_somebody_who_never_ends_a_sentence_still_gets_parts_that_fit() -> None:
    found = paragraphs(said(*((float(n), n + 1.0, "and then and then " * 20) for n in range(10))))
    assert len(found) > 2
    assert all(len(p.text) <= PART_CHARACTERS for p in found)


def test_what_could_not_be_made_out_is_marked_as_such() -> None:
    (only,) = paragraphs(said((0, 2, " "), flags=("heard_but_empty",)))
    assert only.unsure and only.text == "[a part I couldn't make out]"


def test_a_long_silence_alone_asks_for_nobodys_eye() -> None:
    (only,) = paragraphs(said((0, 2, "Well."), flags=("long_silence",)))
    assert not only.unsure


@given(st.lists(st.text("abc .?", max_size=900), max_size=12))
def test_no_word_is_lost_and_no_paragraph_outgrows_its_box(texts: list[str]) -> None:
    segments = [(float(n), n + 1.0, text) for n, text in enumerate(texts) if text.strip()]
    found = paragraphs(said(*segments))
    assert "".join("".join(p.text for p in found).split()) == "".join("".join(s[2] for s in segments).split())
    assert all(len(p.text) <= PART_CHARACTERS for p in found)


@given(st.lists(st.text("abc .?", min_size=1, max_size=900), max_size=12))
def test_every_paragraph_knows_its_seconds_in_the_recording(texts: list[str]) -> None:
    segments = [(n * 3.0, n * 3.0 + 2.9, text) for n, text in enumerate(texts) if text.strip()]
    found = paragraphs(said(*segments))
    times = [(p.start, p.end) for p in found]
    assert all(start is not None and end is not None and 0 <= start <= end for start, end in times)
    assert all(one[1] <= other[0] + 0.11 for one, other in pairwise(times))
    if segments:
        assert (times[0][0], times[-1][1]) == (segments[0][0], segments[-1][1])


# --- two voices ---

TALK = Transcription(
    40.0, "whisper", "base", "",
    (
        Segment(0, 3, "Mine.", 0.9, voice=0),
        Segment(4, 20, "Somebody else's.", 0.9, voice=1),
        Segment(20.5, 21, "Whose?", 0.9),
        Segment(21, 24, "Mine too.", 0.9, voice=0),
    ),
    1.0,
    voices=2,
)  # fmt: skip


@pytest.mark.parametrize(
    ("whose", "texts"),
    [
        (Whose.FIRST, ["Mine.", "Mine too."]),
        (Whose.SECOND, ["Somebody else's."]),
        (Whose.BOTH, ["Mine. Somebody else's. Whose? Mine too."]),
        (None, ["Mine. Somebody else's. Whose? Mine too."]),
    ],
)
def test_only_the_leaders_words_go_on_and_never_what_could_be_anybodys(whose: Whose | None, texts: list[str]) -> None:
    assert [p.text for p in paragraphs(TALK, whose)] == texts


def test_what_stays_out_is_counted() -> None:
    assert left_out(TALK, Whose.FIRST) == LeftOut(16.0, 1)
    assert left_out(TALK, Whose.SECOND) == LeftOut(6.0, 1)
    assert left_out(TALK, Whose.BOTH) == left_out(TALK, None) == LeftOut()


def test_of_each_voice_the_longest_part_is_played_first_and_nothing_long() -> None:
    assert stretch_of(TALK, 0, 0) == Stretch(0, 3)
    assert [stretch_of(TALK, 1, turn) for turn in range(3)] == [Stretch(4, 12), Stretch(12, 20), Stretch(4, 12)]


def test_the_draft_says_what_was_left_out_or_that_nobody_could_look() -> None:
    assert views.notes(LeftOut(), unknown=False) == []
    (unknown,) = views.notes(LeftOut(), unknown=True)
    assert "couldn't check whether there is a second voice" in unknown
    times = {20.0: "20 seconds", 58.0: "a minute", 130.0: "2 minutes"}
    for seconds, words in times.items():
        assert f"about {words} of the other one" in views.notes(LeftOut(seconds), unknown=False)[0]
    assert "3 parts where I couldn't tell" in views.notes(LeftOut(20.0, 3), unknown=False)[1]


def test_a_second_voice_that_nobody_was_asked_about_is_said() -> None:
    unclear = replace(TALK, segments=TALK.segments[1:3])
    assert not has_both(unclear) and may_hold_another(unclear, None)
    assert may_hold_another(replace(TALK, voices=None), None) and not may_hold_another(replace(TALK, voices=1), None)
    assert not any(may_hold_another(TALK, whose) for whose in Whose)


@pytest.mark.parametrize("voices", [1, None, 2])
def test_whose_it_is_is_asked_only_where_both_voices_have_clear_words(voices: int | None) -> None:
    assert has_both(replace(TALK, voices=voices)) == (voices == 2)
    assert not has_both(replace(TALK, segments=TALK.segments[1:3]))


# --- the progress bar ---


@given(st.floats(-1, 2))
def test_the_bar_always_has_ten_places(part: float) -> None:
    bar = views.progress_bar(part)
    assert len(bar) == 10 and set(bar) <= {"▓", "░"} and "░▓" not in bar


def test_the_bar_fills_from_the_left() -> None:
    assert [views.progress_bar(part) for part in (0, 0.3, 1)] == ["░" * 10, "▓" * 3 + "░" * 7, "▓" * 10]


# --- taking a clip ---


@pytest.fixture
def take(store: Store):  # type: ignore[no-untyped-def]
    """Takes a clip in a session of its own: `take("U1", "F1")`."""

    def taking(slack_id: str, file_id: str) -> service.Taken:
        with store.session() as session:
            where = {"workspace": "T1", "channel": "D1", "settings": SETTINGS}
            return service.take(session, slack_id=slack_id, file_id=file_id, now=NOW, **where)

    return taking


def joins(store: Store, slack_id: str, *scopes: Scope) -> Member:
    with store.session() as session:
        facts = {"name": slack_id, "profile": Profile(), "now": NOW}
        return people.join(session, workspace="T1", slack_id=slack_id, consents=scopes, **facts)


def moves_to(store: Store, recording: Recording | None, stage: Stage) -> None:
    assert recording is not None
    with store.session() as session:
        session.get_one(Recording, recording.id).stage = stage


def test_a_clip_is_taken_once_and_again_once_it_was_let_go(store: Store, take) -> None:  # type: ignore[no-untyped-def]
    joins(store, "U1", Scope.RECORD, Scope.TRANSCRIBE)
    first = take("U1", "F1")
    assert (first.answer, take("U1", "F1").answer) == (Answer.TAKEN, Answer.AGAIN)
    moves_to(store, first.recording, Stage.WITHDRAWN)
    assert take("U1", "F1").answer is Answer.TAKEN


def test_somebody_elses_try_at_a_file_says_nothing_about_mine(store: Store, take) -> None:  # type: ignore[no-untyped-def]
    for slack_id in ("U1", "U2"):
        joins(store, slack_id, Scope.RECORD, Scope.TRANSCRIBE)
    assert [take(slack_id, "F1").answer for slack_id in ("U1", "U2")] == [Answer.TAKEN, Answer.TAKEN]


@pytest.mark.parametrize("scopes", [(), (Scope.RECORD,), (Scope.TRANSCRIBE,), (Scope.SHARE,)])
def test_nothing_is_taken_without_both_permissions(store: Store, take, scopes: tuple[Scope, ...]) -> None:  # type: ignore[no-untyped-def]
    joins(store, "U1", *scopes)
    assert take("U1", "F1") == service.Taken(Answer.NO_CONSENT)


def test_nothing_is_taken_from_whoever_has_not_joined(take) -> None:  # type: ignore[no-untyped-def]
    assert take("U9", "F1") == service.Taken(Answer.NOT_JOINED)
