"""What can't be taken: each time one clear sentence, nothing lost, and nothing kept that shouldn't be."""

from collections.abc import Callable, Iterator

import pytest

from bot.engine_room import EngineRoom
from bot.interviews.models import Recording, Stage
from bot.sandbox.happenings import filing, posting
from bot.sandbox.person import Person
from bot.store.blobs import Blob
from bot.stories.models import Transcript
from tests.conftest import StillClock
from tests.conversations.clips import PDF, PNG, WEB_PAGE, film, spoken
from tests.place import RECORD, SOON, TRANSCRIBE, Place, eventually, open_place
from tests.voice.sounds import file_of, film_without_sound, silence, tone


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, engines: EngineRoom) -> Iterator[Place]:
    """One community for this file's plays. It takes a minute and a megabyte at most; each person is in one play."""
    folder = tmp_path_factory.mktemp("community")
    with open_place(folder, StillClock(), engines, max_audio_minutes=1, max_audio_mb=1) as place:
        yield place


def nothing_is_kept(place: Place, leader: Person) -> None:
    """No sound, no text, no draft of this leader's; and nothing of anybody's in front of others."""
    eventually(lambda: all(one.stage is Stage.REFUSED for one in place.of(leader, Recording)))
    for recording in place.of(leader, Recording):
        assert (recording.blob_id, recording.raw, recording.fingerprint) == (None, None, None)
    assert place.of(leader, Transcript) == []
    assert {file.name for file in place.sounds()} == {blob.name for blob in place.rows(Blob)}  # others' drafts
    assert place.sandbox.channel("stories").messages == []
    assert place.published() == []


def asked_of_slack(place: Place, file_id: str) -> list[str]:
    """The calls that were about this file."""
    return [call.method for call in place.sandbox.api_calls if call.params.get("file") == file_id]


# --- before anything is fetched ---


def test_whoever_has_not_joined_is_asked_to_and_their_clip_is_left_alone(shared: Place) -> None:
    guest = shared.person("Gwen Guest")
    clip = guest.sends_voice(spoken())
    assert guest.sees("I've left the clip alone").buttons == ["Join"]
    assert asked_of_slack(shared, clip.files[0].id) == []
    assert shared.of(guest, Recording) == []


@pytest.mark.parametrize("permits", [(), (RECORD,), (TRANSCRIBE,)])
def test_without_permission_the_clip_is_not_even_fetched(shared: Place, permits: tuple[str, ...]) -> None:
    leader = shared.leader("Noor Perkins", permits=permits)
    clip = leader.sends_voice(spoken())
    leader.sees("you haven't given me permission to record what you say and turn it into text")
    assert asked_of_slack(shared, clip.files[0].id) == []
    assert shared.of(leader, Recording) == []


def test_another_bots_recording_is_passed_over(shared: Place) -> None:
    robot = shared.leader("Robbie Robot")
    robot.user.is_bot = True
    clip = robot.sends_voice(spoken())
    shared.leader("Somebody Else")  # by the time they have joined, the robot's clip was heard of long ago
    assert asked_of_slack(shared, clip.files[0].id) == []
    assert shared.of(robot, Recording) == []


# --- files that hold no speech ---

NOT_AUDIO = "has no sound in it that I can read"
DAMAGED = "That recording is damaged"
BAD_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "minutes.pdf": (lambda: PDF, NOT_AUDIO),
    "picture.png": (lambda: PNG, NOT_AUDIO),
    "page.m4a": (lambda: WEB_PAGE, NOT_AUDIO),
    "film without sound.mp4": (film_without_sound, NOT_AUDIO),
    "empty.ogg": (lambda: b"", "arrived empty"),
    "corrupt.ogg": (lambda: b"OggS" + bytes(range(256)) * 20, DAMAGED),
    "cut off.m4a": (lambda: file_of(tone(3), "ipod")[:2000], DAMAGED),
    "silence.ogg": (lambda: file_of(silence(3), "ogg"), "I could not hear anybody speaking"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_without_speech_is_refused_in_one_sentence(shared: Place, name: str) -> None:
    make, sentence = BAD_FILES[name]
    leader = shared.leader("Bea Fields")
    leader.sends_file(make(), name=name, mimetype="audio/mp4")
    told = leader.sees(sentence, within=SOON)
    assert "Nothing was kept." in told.text
    assert told.buttons == []
    nothing_is_kept(shared, leader)


def test_a_clip_of_which_only_the_start_came_is_refused_with_both_lengths(shared: Place) -> None:
    leader = shared.leader("Tara Cutter")
    leader.sends_voice(file_of(tone(3), "ogg"), duration_ms=30_000)
    leader.sees("Only the first 3 of 30 seconds", within=SOON)
    nothing_is_kept(shared, leader)


def test_a_download_that_breaks_off_is_noticed(shared: Place) -> None:
    leader = shared.leader("Dora Short")
    shared.sandbox.faults.download_is_truncated(keep=100_000)
    leader.sends_voice(file_of(tone(8), "wav"))
    leader.sees("Only the first 2 of 8 seconds", within=SOON)
    nothing_is_kept(shared, leader)


# --- too much of it ---


def test_a_recording_beyond_the_hour_is_refused_with_the_limit(shared: Place) -> None:
    leader = shared.leader("Lena Long")
    leader.sends_voice(file_of(silence(70), "ogg"))
    leader.sees("longer than 1 minutes", within=SOON)
    nothing_is_kept(shared, leader)


def test_a_file_that_is_too_large_is_refused_with_the_limit(shared: Place) -> None:
    leader = shared.leader("Max Heavy")
    leader.sends_file(file_of(silence(40), "wav"), name="talk.wav", mimetype="audio/wav")
    leader.sees("larger than the 1 MB I can take", within=SOON)
    nothing_is_kept(shared, leader)


# --- whose it is ---


def test_a_file_that_is_not_the_senders_own_is_left_alone(shared: Place) -> None:
    owner, other = shared.leader("Olga Owner", permits=()), shared.leader("Ben Borrower")
    clip = owner.sends_voice(spoken())
    other.shares(clip.files[0])
    other.sees("That file belongs to somebody else", within=SOON)
    nothing_is_kept(shared, other)


# --- what can be taken, though it looks odd ---


@pytest.mark.parametrize("way", ["film", "slack connect", "uploaded under another name"])
def test_a_recording_in_an_odd_dress_is_heard_all_the_same(shared: Place, way: str) -> None:
    leader = shared.leader("Vera Film")
    if way == "film":
        leader.sends_file(film(), name="clip.mp4", mimetype="video/mp4")
    elif way == "slack connect":
        shared.sandbox.faults.next_file_is_bare()
        leader.sends_voice(spoken())
    else:
        leader.sends_file(spoken(), name="notes.txt", mimetype="text/plain")
    assert "rota" in leader.sees("Here is what I heard", within=SOON).text


def test_several_clips_in_one_message_become_a_draft_each(shared: Place) -> None:
    leader, engine = shared.leader("Una Several"), shared.sandbox._engine
    sounds = spoken(), spoken("Two tired doctors shared a bowl of soup in the kitchen.")
    files = [filing.keep_file(engine, leader.user, "note.ogg", "audio/ogg", sound) for sound in sounds]
    posting.post(engine, leader.direct, leader.user, posting.Draft(files=files))
    eventually(lambda: len(shared.of(leader, Transcript)) == 2, within=2 * SOON)
    assert {one.file_id for one in shared.of(leader, Recording)} == {file.id for file in files}


def test_the_folder_of_sounds_holds_nothing_that_can_be_played(shared: Place) -> None:
    leader = shared.leader("Sam Sealed")
    leader.sends_voice(spoken())
    leader.sees("Here is what I heard", within=SOON)
    assert shared.sounds()
    assert not any(b"OggS" in file.read_bytes() for file in shared.sounds())
