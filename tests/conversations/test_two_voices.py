"""Two people on one recording: the leader says which voice is theirs, and nobody else's words go on."""

import pytest

from bot.interviews import service
from bot.interviews.models import Played, Recording, Stage
from bot.sandbox.person import Person
from bot.sandbox.workspace.state import File
from bot.schedule.models import Due, Kind
from bot.stories.models import HiddenWords, Transcript
from bot.voice.models import Segment, Transcription
from tests.place import PATIENCE, Place, eventually
from tests.still_clock import StillClock
from tests.voice.dialogue import MAN, WOMAN, dialogue_file

#: what the first voice (hers) and the second (his) say
HERS, HIS = "in charge", "whose guest"
QUESTION, DRAFT = "I hear two voices", "Here is what I heard"


#: what listening to the dialogue leaves: three clear turns, and a word that could be anybody's
HEARD = (
    Segment(0.8, 3.3, "I never meant to be the one in charge.", 0.9, voice=0),
    Segment(4.1, 13.5, "At the first meeting somebody asked whose guest I was.", 0.9, voice=1),
    Segment(14.3, 23.0, "One day people simply started looking at me.", 0.9, voice=0),
    Segment(23.2, 23.6, "Perhaps.", 0.9),
)


@pytest.fixture
def amina(place: Place) -> Person:
    """A leader whose recording with two voices has just been heard; the listening itself is left out."""
    leader, bot = place.leader("Amina Okafor"), place.bot
    assert bot is not None
    where = {"workspace": place.sandbox.team_id, "member_id": place.member_id(leader)}
    heard = Transcription(33.0, "faster-whisper", "tiny.en", "", HEARD, 1.0, voices=2).to_json()
    sound = dialogue_file(WOMAN, MAN, turns=2)
    with bot.blobs.new(workspace=where["workspace"], content=sound) as blob, bot.store.session() as session:
        session.add(blob)
        made = Recording(**where, file_id="F0DIALOGUE", channel=leader.direct.id, made_at=place.clock())
        made.blob_id = blob.id
        service.heard(session, made, transcription=heard)
        bot.jobs.enqueue(session, queue="quick", workflow="recording", job_id=made.id, subject=made.id)
    leader.sees(QUESTION)
    eventually(lambda: len(stretches(leader)) == 2)
    return leader


def stretches(leader: Person) -> list[File]:
    return [file for message in leader.messages() if message.user != leader.id for file in message.files if file.data]


def whole_draft(place: Place) -> str:
    """Every word of the draft there is."""
    (transcript,) = place.rows(Transcript)
    return str(transcript.draft)


def recording(place: Place) -> Recording:
    (only,) = place.rows(Recording)
    assert isinstance(only, Recording)
    return only


def test_two_voices_are_heard_in_a_real_recording_and_told_apart(place: Place) -> None:
    ben = place.leader("Ben Marsh")
    ben.sends_voice(dialogue_file(WOMAN, MAN, turns=2))
    ben.sees(QUESTION, within=PATIENCE)
    ben.clicks("The second")
    ben.sees(DRAFT, within=PATIENCE)
    assert HIS in whole_draft(place) and HERS not in whole_draft(place)


def test_a_stretch_of_each_is_played_and_only_the_chosen_ones_words_go_on(place: Place, amina: Person) -> None:
    question = amina.sees(QUESTION)
    assert question.buttons[:4] == ["The first", "The second", "Both are me", "I can't tell, play more"]
    amina.sees("The first voice:")
    amina.sees("The second voice:")
    assert place.rows(Transcript) == []
    amina.clicks("The first", on=question)
    draft = amina.sees(DRAFT, within=PATIENCE)
    assert HERS in whole_draft(place) and HIS not in whole_draft(place)
    assert "I left out about 10 seconds of the other one" in draft.text
    assert "one part where I couldn't tell who was speaking" in draft.text and "Perhaps" not in whole_draft(place)


def test_the_other_choice_is_the_other_ones_words(place: Place, amina: Person) -> None:
    amina.clicks("The second")
    amina.sees(DRAFT, within=PATIENCE)
    assert HIS in whole_draft(place) and HERS not in whole_draft(place)


def test_who_says_that_both_are_them_keeps_every_word(place: Place, amina: Person) -> None:
    amina.clicks("Both are me")
    draft = amina.sees(DRAFT, within=PATIENCE)
    assert HIS in whole_draft(place) and HERS in whole_draft(place)
    assert "left out" not in draft.text


def test_who_cannot_tell_hears_more(place: Place, amina: Person) -> None:
    amina.clicks("I can't tell, play more")
    eventually(lambda: len(stretches(amina)) == 4)
    amina.clicks("The first")
    amina.sees(DRAFT, within=PATIENCE)


def test_the_wrong_voice_can_be_put_right_until_the_draft_is_decided(place: Place, amina: Person) -> None:
    amina.clicks("The first")
    first = amina.sees(DRAFT, within=PATIENCE)
    amina.clicks("That's the wrong voice")
    eventually(lambda: bool(place.rows(Transcript)) and HIS in whole_draft(place), within=PATIENCE)
    amina.sees(DRAFT, within=PATIENCE, after=first)
    assert HERS not in whole_draft(place)
    eventually(lambda: sum(DRAFT in message.text for message in amina.messages()) == 1)
    assert len(place.rows(HiddenWords)) == 1
    place.signs_off(amina)
    amina.sees("without your name", within=PATIENCE)
    amina.clicks("That's the wrong voice")
    amina.sees("decided on those words already")
    (story,) = place.published()
    assert HIS in story.read_text() and HERS not in story.read_text()


def test_what_the_wrong_voice_said_leaves_the_chat_even_if_slack_is_away_for_long(
    place: Place, amina: Person, clock: StillClock
) -> None:
    amina.clicks("The first")
    first = amina.sees(DRAFT, within=PATIENCE)
    place.sandbox.faults.server_error("chat.delete", times=7)  # as often as one step tries
    amina.clicks("That's the wrong voice")
    amina.sees(DRAFT, within=PATIENCE, after=first)
    eventually(lambda: any(due.kind is Kind.DRAFT_CLEARING for due in place.rows(Due)), within=PATIENCE)
    assert sum(DRAFT in message.text for message in amina.messages()) == 2
    clock.moves(minutes=11)
    place.ticks()
    eventually(lambda: sum(DRAFT in message.text for message in amina.messages()) == 1)


def test_once_the_recordings_day_has_come_no_other_voice_is_chosen(
    place: Place, amina: Person, clock: StillClock
) -> None:
    amina.clicks("Both are me")
    amina.sees(DRAFT, within=PATIENCE)
    clock.moves(days=place.settings.keep_unsigned_days)
    amina.clicks("They're not both me")
    amina.sees("or they are gone")
    assert recording(place).stage is Stage.DRAFTED


def test_who_said_both_by_mistake_is_asked_again(place: Place, amina: Person) -> None:
    amina.clicks("Both are me")
    amina.sees(DRAFT, within=PATIENCE)
    amina.clicks("They're not both me")
    amina.sees(QUESTION, within=PATIENCE)
    assert place.rows(Transcript) == [] and recording(place).stage is Stage.VOICES
    eventually(lambda: not any(DRAFT in message.text for message in amina.messages()))


def test_a_second_click_and_an_old_button_do_no_harm(place: Place, amina: Person) -> None:
    question = amina.sees(QUESTION)
    amina.clicks("The first", on=question)
    amina.clicks("The second", on=question)
    amina.sees(DRAFT, within=PATIENCE)
    assert HERS in whole_draft(place) and HIS not in whole_draft(place)
    amina.clicks("The second", on=question)
    amina.clicks("I can't tell, play more", on=question)
    amina.never_sees(QUESTION, for_seconds=0.5)
    assert HERS in whole_draft(place)


def test_nobody_else_can_answer(place: Place, amina: Person) -> None:
    ben = place.leader("Ben Marsh")
    question = amina.sees(QUESTION)
    before = recording(place)
    value = next(found.element["value"] for found in question.elements if found.label == "The first")
    assert place.bot is not None
    with place.bot.store.session() as session:
        who = {"workspace": place.sandbox.team_id, "slack_id": ben.id}
        assert before.id in value and service.open_own(session, **who, recording_id=before.id) is None


def test_stopping_at_the_question_leaves_nothing(place: Place, amina: Person) -> None:
    amina.clicks("Stop and delete")
    amina.sees("Nothing of this recording is kept here", within=PATIENCE)
    place.ticks()
    eventually(lambda: place.sounds() == [] and place.rows(Played) == [] and stretches(amina) == [], within=20)
    assert recording(place).raw is None


def test_taking_permission_back_at_the_question_leaves_nothing(place: Place, amina: Person) -> None:
    amina.opens_home()
    amina.clicks("Change my permissions", on="home")
    amina.modal()
    amina.fills({amina.modal().labels[0]: []})
    assert amina.submits() == {}
    amina.sees("You took back your permission", within=PATIENCE)
    place.ticks()
    eventually(lambda: place.sounds() == [] and stretches(amina) == [], within=20)


def test_without_an_answer_there_are_two_reminders_and_then_it_goes(
    place: Place, amina: Person, clock: StillClock
) -> None:
    for days, words in ((4, "two voices on it"), (11, "I won't ask again")):
        clock.moves(days=days)
        place.ticks()
        amina.sees(words)
    clock.moves(days=place.settings.keep_unsigned_days)
    place.ticks()
    amina.sees("nobody has seen a word of it")
    assert place.sounds() == [] and recording(place).raw is None and place.rows(Transcript) == []


def test_an_answer_after_the_first_reminder_is_reminded_of_once_more_only(
    place: Place, amina: Person, clock: StillClock
) -> None:
    clock.moves(days=4)
    place.ticks()
    amina.sees("two voices on it")
    amina.clicks("The first")
    amina.sees(DRAFT, within=PATIENCE)
    asked = recording(place).asked_at
    (transcript,) = place.rows(Transcript)
    assert transcript.made_at == asked
    waiting = [due.kind for due in place.rows(Due) if due.subject == transcript.id and due.done_at is None]
    assert waiting.count(Kind.DRAFT_REMINDER) == 0 and waiting.count(Kind.DRAFT_LAST_REMINDER) == 1


def test_a_restart_between_question_and_answer_forgets_nothing(place: Place, amina: Person) -> None:
    place.closes()
    place.opens()
    amina.clicks("The second")
    amina.sees(DRAFT, within=PATIENCE)
    assert HIS in whole_draft(place) and HERS not in whole_draft(place)
