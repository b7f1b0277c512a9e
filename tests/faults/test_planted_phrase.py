"""A planted phrase: while words are private they stand nowhere in the clear, and once taken back they stand nowhere.

The walk looks at every table (decrypted), every file byte for byte, everything in Slack, and the log.
"""

from collections.abc import Iterator

import pytest

from bot.sandbox.person import Person
from bot.sandbox.workspace.texts import strings_in
from bot.store.blobs import Blob
from bot.store.crypto import Keyring
from bot.stories.models import HiddenWords, Log, Story
from tests.faults.walk import database, places_of, raw_files, slack, sounds
from tests.place import PATIENCE, SAMPLES, Place, eventually

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
    walks = (database(place, keyring(place)), raw_files(place), slack(place), iter([("the log", log.encode())]))
    return places_of(words, *walks)


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
    assert {"Millhaven", "multiple sclerosis"} <= hidden
    said = list(messages_ever(place))
    assert any(PLANTED in message for message in said)  # we do look where the draft stands
    for words in {*TYPED_AND_HIDDEN, *SPOKEN_AND_HIDDEN, *hidden}:
        assert not any(words in message for message in said), words
        assert words not in caplog.text


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
    amina.clicks("Approve")
    amina.sees(SHARED)
    assert places_of(PLANTED, raw_files(place)) == {f"published/{place.published()[0].name}"}
    assert where_slack_says(place, PLANTED) == {place.sandbox.channel("stories").id}
    amina.clicks("Take it back")
    amina.sees("It's gone")
    eventually(lambda: place.rows(Story) == [])
    assert_nothing_remains(place, caplog, hidden)


def test_a_story_that_was_half_written_when_the_machine_died_goes_too(place: Place) -> None:
    amina = tells(place)
    amina.clicks("Approve")
    amina.sees(SHARED)
    (story,) = place.published()
    half = story.with_suffix(".half")
    half.write_text(story.read_text())  # as kill -9 leaves it between writing and renaming
    amina.clicks("Take it back")
    amina.sees("It's gone")
    assert list(place.settings.published_dir.iterdir()) == []
