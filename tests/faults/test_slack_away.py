"""Slack is away at the worst moment: what has to be said is said later, and nobody waits in silence."""

import os
import signal
from pathlib import Path

from bot.engine_room import EngineRoom
from bot.schedule.models import Due, Kind
from bot.stories.models import Change
from tests.engine_room.children import blind_later, mortal
from tests.faults.conftest import with_engines
from tests.faults.test_engine_dies import DRAFT, LISTENING_BROKE, NOTE
from tests.place import PATIENCE, Place, eventually, reads_all
from tests.still_clock import StillClock


@with_engines(listen=mortal)
def test_that_something_broke_is_said_once_slack_is_back(troubled: Place, room: EngineRoom, trap: Path) -> None:
    trap.touch()
    os.kill(room.child_ids()[0], signal.SIGKILL)
    leader = troubled.leader("Amina Okafor")
    troubled.sandbox.faults.server_error("chat.update", times=3)
    leader.sends_voice(NOTE)
    assert "Try again" in leader.sees(LISTENING_BROKE, within=PATIENCE).buttons


def test_a_draft_that_slack_would_not_take_for_a_while_comes_by_itself(place: Place, clock: StillClock) -> None:
    leader = place.leader("Amina Okafor")
    place.sandbox.faults.server_error("conversations.open", times=7)  # as often as one step tries
    leader.sends_voice(NOTE)
    eventually(lambda: any(due.kind is Kind.FETCH_AGAIN for due in place.rows(Due)), within=PATIENCE)
    leader.never_sees(DRAFT, for_seconds=0.1)
    clock.moves(minutes=11)
    place.ticks()
    leader.sees(DRAFT, within=PATIENCE)
    assert len([message for message in leader.messages() if DRAFT in message.text]) == 1


@with_engines(mask=blind_later)
def test_a_change_that_failed_is_let_go_once_slack_is_back(troubled: Place, room: EngineRoom, trap: Path) -> None:
    leader = troubled.leader("Amina Okafor")
    leader.sends_voice(NOTE)
    leader.sees(DRAFT, within=PATIENCE)
    before = reads_all(leader)
    trap.touch()
    os.kill(room.child_ids()[-1], signal.SIGKILL)
    leader.clicks("Hide more")
    leader.modal()
    leader.fills({"What should I hide?": "badge"})
    assert leader.submits() == {}
    leader.sees("Working in your change")
    troubled.sandbox.faults.server_error("chat.update", times=2)
    leader.sees("I left your words as they were", within=PATIENCE)
    assert "Approve" in leader.sees(DRAFT).buttons and leader.sees(DRAFT).text == before.text
    eventually(lambda: troubled.rows(Change) == [])
