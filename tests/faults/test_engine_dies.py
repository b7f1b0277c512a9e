"""Engines die, or can't start: what can be done again is done again, and words never get past a broken anonymiser."""

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.clock import Clock
from bot.engine_room import EngineRoom
from bot.sandbox.person import Person
from bot.stories.models import Transcript
from tests.engine_room.children import WORDS, blind, blind_later, mortal, talkative
from tests.faults.conftest import make_room, with_engines
from tests.faults.walk import database, places_of, raw_files, slack
from tests.place import PATIENCE, SAMPLES, Place, eventually, open_place, reads_all

NOTE = SAMPLES / "to-the-sheep.ogg"
SPOKEN = ("gave me a badge", "to the sheep", "the true thing out loud")
DRAFT = "Here is what I heard"
LISTENING_BROKE = "Something broke on our side while I was listening"
HIDING_BROKE = "Something broke on our side while I was taking out names"


def drafts(leader: Person) -> list[str]:
    return [message.text for message in leader.messages() if DRAFT in message.text]


def words_got_past(place: Place, *words: str) -> set[str]:
    """Where any of the words stand in the clear, or that there is a transcript to show."""
    found = [places_of(word, raw_files(place), slack(place)) for word in words]
    return set().union(*found) | {"a transcript" for _ in place.rows(Transcript)}


def test_an_engine_that_dies_in_the_middle_is_asked_again_and_the_draft_comes(
    troubled: Place, room: EngineRoom
) -> None:
    leader = troubled.leader("Amina Okafor")
    speech, masking = room.child_ids()
    leader.sends_voice(NOTE)
    leader.sees("listening", within=PATIENCE)
    os.kill(speech, signal.SIGKILL)
    leader.sees(DRAFT, within=PATIENCE)
    time.sleep(0.5)
    assert len(drafts(leader)) == 1
    assert speech not in room.child_ids() and masking in room.child_ids()
    assert [call.method for call in troubled.sandbox.api_calls].count("files.info") == 1


@with_engines(listen=mortal)
def test_an_engine_that_keeps_dying_is_owned_up_to_and_may_be_tried_again(
    troubled: Place, room: EngineRoom, trap: Path
) -> None:
    trap.touch()
    os.kill(room.child_ids()[0], signal.SIGKILL)
    leader = troubled.leader("Amina Okafor")
    leader.sends_voice(NOTE)
    said = leader.sees(LISTENING_BROKE, within=PATIENCE)
    assert "Your clip is safe in this chat" in said.text and "Try again" in said.buttons
    assert drafts(leader) == []
    trap.unlink()
    leader.clicks("Try again")
    leader.sees(DRAFT, within=PATIENCE)
    assert len(drafts(leader)) == 1
    leader.never_sees(LISTENING_BROKE, for_seconds=0.2)


@with_engines(mask=blind)
def test_without_the_anonymiser_no_word_goes_anywhere(troubled: Place, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", logger="collaborate")
    leader, other = troubled.leader("Amina Okafor"), troubled.leader("Ben Marsh")
    leader.sends_voice(NOTE)
    said = leader.sees(HIDING_BROKE, within=PATIENCE)
    assert "Nobody has seen your words" in said.text and "Try again" in said.buttons
    assert words_got_past(troubled, *SPOKEN) == set()
    assert not any(words in caplog.text for words in SPOKEN)
    assert "EngineMissing" in caplog.text  # what the operator needs to know
    other.never_sees(SPOKEN[0], for_seconds=0.1)
    leader.clicks("Try again")
    eventually(lambda: caplog.text.count("EngineMissing") >= 2, within=PATIENCE)
    leader.sees(HIDING_BROKE)
    assert words_got_past(troubled, *SPOKEN) == set()


@with_engines(mask=blind_later)
def test_an_edit_that_cannot_be_checked_changes_nothing(troubled: Place, room: EngineRoom, trap: Path) -> None:
    leader = troubled.leader("Amina Okafor")
    leader.sends_voice(NOTE)
    leader.sees(DRAFT, within=PATIENCE)
    before = reads_all(leader)
    trap.touch()
    os.kill(room.child_ids()[-1], signal.SIGKILL)
    leader.clicks("Edit")
    leader.modal()
    leader.fills({"Part 1": f"Priya Sharma played the {WORDS}."})
    assert leader.submits() == {}
    leader.sees("I left your words as they were", within=PATIENCE)
    eventually(lambda: "Approve" in leader.sees(DRAFT).buttons)
    assert leader.sees(DRAFT).text == before.text
    assert places_of(WORDS, raw_files(troubled), slack(troubled)) == set()


@with_engines(listen=talkative)
def test_what_an_engine_says_when_it_breaks_is_kept_nowhere(
    troubled: Place, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG", logger="collaborate")
    leader = troubled.leader("Amina Okafor")
    leader.sends_voice(NOTE)
    leader.sees(LISTENING_BROKE, within=PATIENCE)
    written = capfd.readouterr()
    assert WORDS not in caplog.text + written.out + written.err
    assert_nowhere(troubled)


class Indiscreet(EngineRoom):
    """Breaks on our own side of the pipe, with somebody's words in the error."""

    def mask(self, paragraphs: Sequence[str], **given: Any) -> Any:
        raise LookupError(WORDS)


def test_what_our_own_errors_say_is_kept_nowhere(
    tmp_path: Path, clock: Clock, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG", logger="collaborate")
    room = make_room(tmp_path / "engines", kind=Indiscreet)
    with open_place(tmp_path, clock, room) as troubled:
        leader = troubled.leader("Amina Okafor")
        leader.sends_voice(NOTE)
        leader.sees(HIDING_BROKE, within=PATIENCE)
        assert_nowhere(troubled)
    room.close()
    written = capfd.readouterr()
    assert "LookupError" in caplog.text
    assert WORDS not in caplog.text + written.out + written.err


def assert_nowhere(place: Place) -> None:
    assert place.bot is not None
    assert places_of(WORDS, database(place, place.bot.store.keyring), raw_files(place), slack(place)) == set()
