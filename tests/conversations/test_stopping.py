"""A leader changes their mind while the bot listens: it stops, and nothing of the recording stays."""

import pytest

from bot.interviews.models import Recording, Stage
from bot.sandbox.person import Person
from bot.store.blobs import Blob
from bot.stories.models import Transcript
from tests.place import RECORD, SAMPLES, SOON, TRANSCRIBE, Place, eventually


def begins_to_listen(place: Place, leader: Person) -> None:
    """A note of most of a minute is here, and the engine is at it."""
    leader.sends_voice(SAMPLES / "rota-home.ogg")
    eventually(lambda: [one.stage for one in place.of(leader, Recording)] == [Stage.FETCHED], within=30)


def nothing_stays(place: Place, leader: Person) -> None:
    (recording,) = place.of(leader, Recording)
    assert (recording.stage, recording.blob_id, recording.raw) == (Stage.WITHDRAWN, None, None)
    assert place.of(leader, Transcript) == []
    assert {file.name for file in place.sounds()} == {blob.name for blob in place.rows(Blob)}


def the_engine_has_finished(place: Place) -> None:
    """Recordings wait in line: once the next one has its draft, the one before is done with."""
    other = place.leader("Nell Next")
    other.sends_voice(SAMPLES / "to-the-sheep.ogg")
    other.sees("Here is what I heard", within=SOON)


@pytest.mark.parametrize("how", ["stops", "takes a permission back"])
def test_a_leader_who_stops_it_while_the_bot_listens_leaves_nothing(place: Place, how: str) -> None:
    leader = place.leader("Stella Stop")
    begins_to_listen(place, leader)
    if how == "stops":
        leader.clicks("Stop and delete")
        said = "Taken back. Nothing of this recording is kept here."
        leader.sees(said)
        nothing_stays(place, leader)
    else:
        leader.runs("/collaborate", "permissions")
        leader.modal()
        leader.fills({leader.modal().labels[0]: [RECORD]})
        assert leader.submits() == {}
        leader.sees(f"You have taken back: {TRANSCRIBE}")
        said = "so I stopped and deleted what I had"
    the_engine_has_finished(place)
    nothing_stays(place, leader)
    (progress,) = [message for message in leader.messages() if message.text and said in message.text]
    assert progress.buttons == []
    leader.never_sees("listening,", for_seconds=0.2)
