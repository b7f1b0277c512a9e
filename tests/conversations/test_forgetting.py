"""Sound and raw words go when their leader takes the permission back, and when nobody came back for them."""

from pathlib import Path

from bot.engine_room import EngineRoom
from bot.interviews.models import Recording, Stage
from bot.schedule.models import Due, Kind
from bot.settings import Settings
from bot.stories.models import HiddenWords, State, Transcript
from tests.conftest import StillClock
from tests.conversations.clips import spoken
from tests.conversations.test_after_the_draft import changes_permissions, lives_until
from tests.place import SHARE, SOON, Place, eventually, open_place

ROTA = "Tom Ashdown shared the rota and we went home on time."


def test_taking_back_the_permission_to_record_deletes_sound_and_hidden_words_and_leaves_the_draft(place: Place) -> None:
    leader = place.leader("Nora Recorded")
    place.gives_draft(leader, ROTA)
    assert len(place.sounds()) == len(place.rows(HiddenWords)) == 1
    changes_permissions(leader, SHARE)
    eventually(lambda: place.sounds() == [] and place.rows(HiddenWords) == [])
    (recording,) = place.of(leader, Recording)
    assert (recording.raw, recording.blob_id) == (None, None)
    assert [transcript.state for transcript in place.of(leader, Transcript)] == [State.DRAFT]
    assert "went home on time" in leader.sees("Here is what I heard").text


def test_a_recording_that_failed_is_let_go_with_the_permission_or_on_its_day(tmp_path: Path, clock: StillClock) -> None:
    rooms = Settings(  # type: ignore[call-arg]
        _env_file=None, data_dir=tmp_path / "e", speech_engine="faster-whisper", speech_model=str(tmp_path / "nowhere")
    )
    engines = EngineRoom(rooms)
    try:
        with open_place(tmp_path, clock, engines) as place:
            one, other = place.leader("Wilma Withdraws"), place.leader("Una Unheard")
            for leader in (one, other):
                leader.sends_voice(spoken())
                leader.sees("Something broke on our side while I was listening", within=SOON)
            assert len(place.sounds()) == 2
            changes_permissions(one, SHARE)
            one.sees("You took back your permission")
            assert len(place.sounds()) == 1
            lives_until(place, clock, days=90, hours=1)
            other.sees("I never managed to listen to this recording")
            assert place.sounds() == []
            assert [row.stage for row in place.of(other, Recording)] == [Stage.REFUSED]
    finally:
        engines.close()


def test_stopping_while_the_file_is_on_its_way_keeps_nothing_of_it(place: Place) -> None:
    leader = place.leader("Fay Fetched")
    place.sandbox.faults.slow("files.info", 1.5)
    leader.sends_voice(spoken())
    leader.sees("I've got it safely")
    leader.clicks("Stop and delete")
    leader.sees("Taken back. Nothing of this recording is kept here.")
    leader.never_sees("Here is what I heard", for_seconds=4)
    assert place.sounds() == []
    assert [row.stage for row in place.of(leader, Recording)] == [Stage.WITHDRAWN]


def test_words_hidden_by_a_late_edit_are_not_kept_once_hidden_words_were_deleted(
    place: Place, clock: StillClock
) -> None:
    leader = place.leader("Edie Late")
    place.gives_draft(leader, ROTA)
    lives_until(place, clock, days=90, hours=1)
    assert place.rows(HiddenWords) == []
    leader.clicks("Edit")
    leader.modal()
    leader.fills({"Part 1": "Priya Sharma shared the rota with us."})
    assert leader.submits() == {}
    eventually(lambda: "shared the rota with us" in leader.sees("Here is what I heard").text)
    assert "Priya" not in leader.sees("Here is what I heard").text
    assert place.rows(HiddenWords) == []


def test_sharing_leaves_a_due_deletion_behind_in_case_the_first_one_fails(place: Place, clock: StillClock) -> None:
    leader = place.leader("Dora Due")
    place.gives_draft(leader, ROTA)
    place.signs_off(leader)
    leader.sees("without your name. Your recording is deleted")
    deletions = [due for due in place.rows(Due) if due.kind is Kind.RAW_DELETION and due.done_at is None]
    assert [due.due_at <= clock() for due in deletions] == [True]
