"""A stretch of a recording is heard again by the one it belongs to, for a quarter of an hour, and by nobody else."""

import pytest

from bot.interviews.models import Played, Recording
from bot.interviews.playback import Playback
from bot.people import service as people
from bot.people.models import Scope
from bot.sandbox.person import Person
from bot.sandbox.workspace.state import File
from bot.schedule.models import Due, Kind
from bot.slack.download import Downloader
from bot.slack.errors import SlackAway
from bot.slack.uploads import Uploads
from bot.store import audit
from bot.stories import service as stories
from bot.voice.audio import decode
from tests.conversations.clips import spoken
from tests.conversations.conftest import place as place
from tests.place import Place, eventually
from tests.still_clock import StillClock


@pytest.fixture
def amina(place: Place) -> Person:
    """A leader whose voice note has become a draft; the listening itself is left out."""
    leader = place.leader("Amina Okafor")
    place.gives_draft(leader, "We shared the rota, and then the whole team went home on time.", sound=spoken())
    return leader


def playback(place: Place) -> Playback:
    """What plays, put together as the bot does it."""
    bot, settings = place.bot, place.settings
    assert bot is not None
    slack = Downloader(token=place.sandbox.bot_token, api_url=settings.slack_api_url, max_megabytes=1)
    uploads = Uploads(bot.app.client, slack)
    return Playback(store=bot.store, uploads=uploads, gateway=bot.gateway, blobs=bot.blobs, clock=place.clock)


def plays(place: Place, to: Person, start: float = 1.0, end: float = 2.5, *, by: Playback | None = None) -> bool:
    (recording,) = place.rows(Recording)
    return (by or playback(place)).play(recording.id, start, end, to.id)


def heard_by(person: Person) -> list[File]:
    """The files in somebody's chat that they can still listen to."""
    return [file for message in person.messages() if message.user != person.id for file in message.files if file.data]


def decides(place: Place, *, yes: bool) -> None:
    assert place.bot is not None
    with place.bot.store.session() as session:
        (recording,) = place.rows(Recording)
        transcript = stories.of_recording(session, workspace=recording.workspace, recording_id=recording.id)
        assert transcript is not None
        if yes:
            stories.approve(session, transcript, now=place.clock())
        else:
            stories.withdraw(session, transcript, by=transcript.member_id, now=place.clock())


def test_a_stretch_arrives_in_the_leaders_own_chat_with_a_margin_and_a_name_that_says_nothing(
    place: Place, amina: Person
) -> None:
    assert plays(place, amina)
    message = amina.sees("Here is that stretch again")
    (file,) = message.files
    assert decode(file.data, max_seconds=60).seconds == pytest.approx(2.5, abs=0.2)
    assert (file.name, file.title) == ("stretch.m4a", "A stretch of your recording")
    assert b"Amina" not in file.data and file.shared_in == [amina.direct.id]


def test_nobody_else_hears_it_whatever_they_ask_for(place: Place, amina: Person) -> None:
    ben, eve = place.leader("Ben Marsh"), place.person("Eve Stranger")
    assert [plays(place, ben), plays(place, eve)] == [False, False]
    assert heard_by(ben) == heard_by(eve) == heard_by(amina) == place.rows(Played) == []


def test_somebody_else_hears_it_as_long_as_a_rule_lets_them(place: Place, amina: Person, clock: StillClock) -> None:
    ben, allowed = place.leader("Ben Marsh"), {"now": True}
    by = playback(place)
    by.allow(lambda session, recording, slack_id: slack_id == ben.id and allowed["now"])
    assert plays(place, ben, by=by) and len(heard_by(ben)) == 1
    allowed["now"] = False
    (recording,) = place.rows(Recording)
    by.clear(Due(workspace=recording.workspace, kind=Kind.SNIPPET_DELETION, subject=recording.id, due_at=clock()))
    assert heard_by(ben) == [] and not plays(place, ben, by=by)


def test_after_a_quarter_of_an_hour_it_is_gone_with_the_message_around_it(
    place: Place, amina: Person, clock: StillClock
) -> None:
    plays(place, amina)
    clock.moves(minutes=14)
    place.ticks()
    assert len(heard_by(amina)) == 1
    clock.moves(minutes=2)
    place.ticks()
    eventually(lambda: place.rows(Played) == [])
    assert heard_by(amina) == []
    amina.never_sees("Here is that stretch again", for_seconds=0.1)


def test_asking_twice_sends_it_once_and_another_stretch_besides(place: Place, amina: Person) -> None:
    assert plays(place, amina) and plays(place, amina) and plays(place, amina, 0.0, 1.0)
    assert len(heard_by(amina)) == 2


def test_every_play_is_in_the_audit_log_with_ids_only(place: Place, amina: Person) -> None:
    plays(place, amina)
    assert place.bot is not None
    (recording,) = place.rows(Recording)
    with place.bot.store.session() as session:
        notes = [e for e in audit.entries(session, workspace=recording.workspace) if e.action == "stretch played"]
    assert [(note.actor, note.subject, note.detail) for note in notes] == [(amina.id, recording.id, "")]


@pytest.mark.parametrize("yes", [True, False])
def test_a_decision_takes_it_away_and_lets_nothing_more_be_played(place: Place, amina: Person, yes: bool) -> None:
    plays(place, amina)
    decides(place, yes=yes)
    assert not plays(place, amina, 0.0, 1.0)
    place.ticks()
    eventually(lambda: heard_by(amina) == [] and place.rows(Played) == [])


def test_it_goes_with_the_recording_and_a_recording_that_is_gone_is_not_played(place: Place, amina: Person) -> None:
    plays(place, amina)
    amina.clicks("Withdraw")
    eventually(lambda: place.sounds() == [] and place.rows(Played) == [], within=20)
    assert heard_by(amina) == [] and not plays(place, amina)


def test_permission_that_was_taken_back_is_asked_for_at_every_play(place: Place, amina: Person) -> None:
    assert place.bot is not None
    with place.bot.store.session() as session:
        who = {"workspace": place.sandbox.team_id, "member_id": place.member_id(amina)}
        people.decide_consents(session, **who, given=[Scope.SHARE], now=place.clock())
    assert not plays(place, amina) and heard_by(amina) == []


def test_a_stretch_beyond_the_recordings_end_is_nothing_to_hear(place: Place, amina: Person) -> None:
    assert not plays(place, amina, 500.0, 510.0)
    assert place.rows(Played) == []


def test_a_long_stretch_is_cut_at_twenty_seconds_and_starts_at_the_beginning() -> None:
    from bot.voice.snippet import LONGEST, snippet

    long = spoken(" ".join(["We shared the rota, and then the whole team went home on time."] * 8))
    assert decode(snippet(long, start=0.0, end=300.0), max_seconds=60).seconds == pytest.approx(LONGEST, abs=0.3)


def test_what_a_bad_day_left_half_done_is_tidied_by_itself(place: Place, amina: Person, clock: StillClock) -> None:
    place.sandbox.faults.upload_fails()
    with pytest.raises(SlackAway):
        plays(place, amina)
    assert heard_by(amina) == []
    assert plays(place, amina) and len(heard_by(amina)) == 1
    clock.moves(minutes=16)
    place.ticks()
    eventually(lambda: place.rows(Played) == [])
    assert heard_by(amina) == []


def test_an_answer_that_was_lost_is_no_second_file(place: Place, amina: Person) -> None:
    place.sandbox.faults.answer_lost("files.completeUploadExternal")
    assert plays(place, amina) and plays(place, amina)
    assert len(heard_by(amina)) == 1


def test_what_could_not_be_deleted_is_deleted_later(place: Place, amina: Person, clock: StillClock) -> None:
    plays(place, amina)
    clock.moves(minutes=16)
    place.sandbox.faults.server_error("files.delete", times=2)
    place.ticks()
    eventually(lambda: place.rows(Played) == [], within=20)
    assert heard_by(amina) == []
