"""A planted phrase: while words are private they stand nowhere in the clear, and once taken back they stand nowhere.

The walk looks at every table (decrypted), every file byte for byte, everything in Slack, and the log.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.desk import service as desk
from bot.desk.models import Why
from bot.engine_room import EngineRoom
from bot.interviews.playback import Playback
from bot.sandbox.person import Person
from bot.sandbox.workspace.texts import strings_in
from bot.slack.download import Downloader
from bot.slack.uploads import Uploads
from bot.store.blobs import Blob
from bot.store.crypto import Keyring
from bot.stories.models import HiddenWords, Log, Story, Transcript
from bot.stories.sharing.exports import Exports
from tests.conversations.looking import keeps_the_rest, line_with, looks
from tests.faults.walk import database, places_of, raw_files, sent_files, slack, sounds
from tests.place import PATIENCE, SAMPLES, Place, eventually, open_place, reads_all

PLANTED = "marmalade accordion"
TYPED = f"Priya Sharma rang me on 07700 900123 about the {PLANTED}."
#: what is hidden of it: never in any message, not even for a moment
TYPED_AND_HIDDEN = ("Priya Sharma", "07700 900123")
#: what the sample says; rare enough to be nowhere else
SPOKEN = ("comes home with you", "the dinner table", "supper gone cold", "talk every Thursday")
SPOKEN_AND_HIDDEN = ("Tom Ash", "Millhaven", "multiple sclerosis")
SHARED = "without your name. Your recording is deleted"


@pytest.fixture(autouse=True)
def everything_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="collaborate")


def tells(place: Place) -> Person:
    """A leader with a draft, to the first part of which she has added a sentence."""
    leader = place.leader("Amina Okafor")
    leader.sends_voice(SAMPLES / "rota-home.ogg")
    leader.sees("Here is what I heard", within=PATIENCE)
    reads_all(leader)
    leader.clicks("Edit")
    first = leader.modal().field("Part 1")
    assert first is not None
    leader.fills({"Part 1": f"{TYPED} {first.element['initial_value']}"})
    assert leader.submits() == {}
    leader.sees(PLANTED, within=PATIENCE)
    eventually(lambda: "Approve" in leader.sees(PLANTED).buttons)
    return leader


def keyring(place: Place) -> Keyring:
    assert place.bot is not None
    return place.bot.store.keyring


def hidden_words(place: Place) -> set[str]:
    """What the bot itself says it has hidden; longer than what noise may spell by chance."""
    logs = [Log.from_json(row.words) for row in place.rows(HiddenWords)]
    return {hidden.original for log in logs for hidden in log.hidden if len(hidden.original) > 8}


def messages_ever(place: Place) -> Iterator[str]:
    """Every message of the bot's as it is, as it was before it was edited, and those that were deleted."""
    for channel in place.sandbox.workspace.channels.values():
        for message in (*channel.messages.values(), *channel.deleted, *channel.ephemerals):
            for version in (message, *message.versions):
                yield " ".join([version.text, *strings_in([version.blocks, version.attachments, version.metadata])])


def where_slack_says(place: Place, words: str) -> set[str]:
    """The names of conversations in which the words stand."""
    channels = place.sandbox.workspace.channels.values()
    return {
        channel.id
        for channel in channels
        for message in channel.messages.values()
        if words in " ".join([message.text, *strings_in([message.blocks, message.metadata])])
    }


def remains(place: Place, words: str, log: str) -> set[str]:
    return places_of(words, *everywhere(place, log))


def everywhere(place: Place, log: str = "") -> tuple[Iterator[tuple[str, bytes]], ...]:
    """Database, files, Slack, what was uploaded there, and the log."""
    the_log = iter([("the log", log.encode())])
    return database(place, keyring(place)), raw_files(place), slack(place), sent_files(place), the_log


def assert_nothing_remains(place: Place, caplog: pytest.LogCaptureFixture, hidden: set[str]) -> None:
    own_profile = {"Amina Okafor"}
    for words in {PLANTED, TYPED, *TYPED_AND_HIDDEN, *SPOKEN, *SPOKEN_AND_HIDDEN, *(hidden - own_profile)}:
        assert remains(place, words, caplog.text) == set(), words
    assert sounds(place) == [] and place.rows(Blob) == [] and place.rows(Story) == []
    assert place.published() == []


def test_before_sign_off_words_are_the_leaders_alone(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    ben = place.leader("Ben Marsh")
    ben.opens_home()
    amina = tells(place)
    for words in (PLANTED, *SPOKEN):
        assert where_slack_says(place, words) == {amina.direct.id}
        assert words not in caplog.text
    ben.never_sees(PLANTED, for_seconds=0.1)
    assert ben.home is not None and PLANTED not in ben.home.text
    assert place.published() == [] and place.sandbox.channel("stories").messages == []


def test_what_was_hidden_was_never_in_a_message(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    amina = tells(place)
    amina.clicks("Show what was hidden")
    shown = amina.modal(containing="Priya Sharma").text
    assert [words for words in (*TYPED_AND_HIDDEN, "Millhaven") if words not in shown] == []
    amina.closes()
    hidden = hidden_words(place)
    assert "Millhaven" in hidden and any("multiple sclerosis" in words for words in hidden)
    said = list(messages_ever(place))
    assert any(PLANTED in message for message in said)  # we do look where the draft stands
    for words in {*TYPED_AND_HIDDEN, *SPOKEN_AND_HIDDEN, *hidden}:
        assert not any(words in message for message in said), words
        assert words not in caplog.text


def test_looking_line_by_line_shows_hidden_words_in_a_window_alone_and_leaves_none_behind(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    amina = tells(place)
    hidden = hidden_words(place)
    amina.clicks("Back to the first page")
    looks(amina)
    line_with(amina, "Priya Sharma")
    amina.clicks("Change")
    amina.modal(containing="Say it in other words")
    amina.fills({"This line": f"Gwendolyn Ashcroft rang me about the {PLANTED}."})
    assert amina.submits() == {}
    eventually(lambda: "Priya Sharma" not in amina.modal().text)
    keeps_the_rest(amina)  # decided, and not yet carried out: it waits with the draft
    for words in {"Gwendolyn Ashcroft", *TYPED_AND_HIDDEN, *SPOKEN_AND_HIDDEN, *hidden}:
        assert not any(words in message for message in messages_ever(place)), words
        assert places_of(words, raw_files(place)) == set(), words
        assert words not in caplog.text
    assert places_of("Gwendolyn Ashcroft", database(place, keyring(place))) == {"transcript.looked"}
    place.sandbox.workspace.modals[amina.id].clear()
    amina.clicks("Withdraw")
    amina.sees("It's gone")
    eventually(lambda: sounds(place) == [])
    assert_nothing_remains(place, caplog, hidden | {"Gwendolyn Ashcroft"})


def test_while_they_are_kept_words_are_unreadable_on_disk(place: Place) -> None:
    tells(place)
    kept = places_of(PLANTED, database(place, keyring(place)))
    assert "transcript.draft" in kept  # the walk does find it where the key opens it
    assert places_of("Millhaven", database(place, keyring(place))) >= {"recording.raw", "hiddenwords.words"}
    for words in (PLANTED, *TYPED_AND_HIDDEN, *SPOKEN, *SPOKEN_AND_HIDDEN, *hidden_words(place)):
        assert places_of(words, raw_files(place)) == set(), words
    (sound,) = sounds(place)
    clip = (SAMPLES / "rota-home.ogg").read_bytes()
    assert not any(clip[at : at + 64] in sound.read_bytes() for at in range(0, len(clip), 4096))


def test_withdrawn_before_sign_off_nothing_remains(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    amina = tells(place)
    hidden = hidden_words(place)
    amina.clicks("Withdraw")
    amina.sees("It's gone")
    eventually(lambda: sounds(place) == [])
    assert_nothing_remains(place, caplog, hidden)


def test_taken_back_after_publishing_nothing_remains(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    amina = tells(place)
    hidden = hidden_words(place)
    place.signs_off(amina)
    amina.sees(SHARED)
    assert places_of(PLANTED, raw_files(place)) == {f"published/{place.published()[0].name}"}
    assert places_of(place.published()[0].stem, raw_files(place)) >= {"published/index.json", "published/index.md"}
    assert where_slack_says(place, PLANTED) == {place.sandbox.channel("stories").id}
    amina.clicks("Take it back")
    amina.sees("It's gone")
    eventually(lambda: place.rows(Story) == [])
    assert_nothing_remains(place, caplog, hidden)


def test_a_story_that_was_half_written_when_the_machine_died_goes_too(place: Place) -> None:
    amina = tells(place)
    place.signs_off(amina)
    amina.sees(SHARED)
    (story,) = place.published()
    half = story.with_suffix(".half")
    half.write_text(story.read_text())  # as kill -9 leaves it between writing and renaming
    amina.clicks("Take it back")
    amina.sees("It's gone")
    assert list(place.settings.published_dir.iterdir()) == []


# --- part by part ---

#: what a withdrawal reaches, as app.py registers it, and words in a place where the walk finds them until then
UNDECIDED = {
    "words": (PLANTED, "transcript.draft"),
    "hidden words": ("Priya Sharma", "hiddenwords.words"),
    "recording": ("the dinner table", "recording.raw"),
    "stretches": ("ftypM4A", "sent stretch.m4a"),
    "desk": (PLANTED, "opening.words"),
}
SIGNED_OFF = {
    "words": (PLANTED, "transcript.draft"),
    "hidden words": ("Priya Sharma", "hiddenwords.words"),
    "recording": ("the dinner table", "recording.raw"),
    "story": (PLANTED, "Slack"),
    "file": (PLANTED, "published/"),
    "exports": (PLANTED, "exports/"),
}


@pytest.fixture
def keeping(tmp_path: Path, clock: Clock, engines: EngineRoom) -> Iterator[Place]:
    """A community that keeps raw words for a month after sign-off, and has named its transcriber."""
    with open_place(tmp_path, clock, engines, keep_raw_days=30, transcriber="U0TRANSCRIB") as opened:
        yield opened


def assert_found(place: Place, holds: dict[str, tuple[str, str]]) -> None:
    """Or that nothing is found afterwards would mean nothing."""
    for part, (words, where) in holds.items():
        found = places_of(words, *everywhere(place))
        assert any(each.startswith(where) for each in found), (part, found)


def test_every_part_that_registers_for_withdrawals_is_walked(place: Place) -> None:
    """A room that registers one more shows here where words of it are found."""
    assert place.bot is not None
    assert set(place.bot.pulled_back) == UNDECIDED.keys() | SIGNED_OFF.keys()


def test_of_an_undecided_draft_every_part_is_found_and_then_none(
    keeping: Place, caplog: pytest.LogCaptureFixture
) -> None:
    amina = tells(keeping)
    hidden = hidden_words(keeping)
    opens_and_plays(keeping, amina)
    assert_found(keeping, UNDECIDED)
    amina.clicks("Withdraw")
    told = amina.sees("It's gone").text
    assert "your recording" in told and "the words I had hidden" in told
    eventually(lambda: list(sent_files(keeping)) == [])
    assert_nothing_remains(keeping, caplog, hidden)


def test_of_a_shared_story_every_part_is_found_and_then_none(keeping: Place, caplog: pytest.LogCaptureFixture) -> None:
    amina = tells(keeping)
    hidden = hidden_words(keeping)
    keeping.signs_off(amina)
    amina.sees("without your name. Your recording will be deleted on")
    assert keeping.bot is not None
    Exports(keeping.bot.store, keeping.clock).make(keeping.folder / "exports" / "one")
    assert_found(keeping, SIGNED_OFF)
    name = keeping.published()[0].stem
    amina.clicks("Take it back")
    amina.sees("It's gone")
    eventually(lambda: keeping.rows(Story) == [])
    assert_nothing_remains(keeping, caplog, hidden)
    assert places_of(name, database(keeping, keyring(keeping)), slack(keeping)) == set()  # not even what it was called


def opens_and_plays(place: Place, leader: Person) -> None:
    """The transcriber opens the raw words for a reason that quotes them; the leader hears a stretch again."""
    bot = place.bot
    assert bot is not None
    (transcript,) = place.rows(Transcript)
    why = {"why": Why.OTHER, "words": f"Is it a {PLANTED}?", "settings": place.settings, "now": place.clock()}
    with bot.store.session() as session:
        whose = {"workspace": place.sandbox.team_id, "slack_id": "U0TRANSCRIB"}
        desk.open_raw(session, **whose, transcript_id=transcript.id, **why)
    slack = Downloader(token=place.sandbox.bot_token, api_url=place.settings.slack_api_url, max_megabytes=1)
    uploads = Uploads(bot.app.client, slack)
    playback = Playback(store=bot.store, uploads=uploads, gateway=bot.gateway, blobs=bot.blobs, clock=place.clock)
    assert playback.play(transcript.recording_id, 1.0, 3.0, leader.id)
