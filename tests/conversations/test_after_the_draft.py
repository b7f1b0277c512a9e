"""The days after a draft was given back: reminders, the stated date, a Slack that is away, a change of mind."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.engine_room import EngineRoom
from bot.interviews.models import Recording
from bot.sandbox.person import Person
from bot.stories.models import HiddenWords, State, Transcript
from tests.conftest import StillClock
from tests.place import RECORD, TRANSCRIBE, Place, eventually, open_place

ROTA = "Tom Ashdown shared the rota and we went home on time."
FIRST, LAST = "Your words from the other day are still here", "I won't mention this again"


def lives_until(place: Place, clock: StillClock, **amount: float) -> None:
    """Time passes, and what is due by then is carried out."""
    clock.moves(**amount)
    place.ticks()
    eventually(lambda: place.bot.ticker.tick() == 0, within=20)  # type: ignore[union-attr]


def heard(leader: Person, fragment: str) -> int:
    return sum(fragment in message.text for message in leader.messages())


def changes_permissions(leader: Person, *permits: str) -> None:
    leader.runs("/collaborate", "permissions")
    leader.modal()
    leader.fills({leader.modal().labels[0]: list(permits)})
    assert leader.submits() == {}


# --- waiting ---


def test_a_draft_is_mentioned_after_three_working_days_and_after_ten_and_then_never_again(
    place: Place, clock: StillClock
) -> None:
    leader = place.leader("Wanda Waits")
    place.gives_draft(leader, ROTA)  # a Monday
    lives_until(place, clock, days=2, hours=23)
    assert heard(leader, FIRST) == 0
    lives_until(place, clock, hours=1)  # Thursday
    assert (heard(leader, FIRST), heard(leader, LAST)) == (1, 0)
    assert "Tom" not in leader.sees(FIRST).text
    lives_until(place, clock, days=11)  # the Monday after next
    assert (heard(leader, FIRST), heard(leader, LAST)) == (1, 1)
    lives_until(place, clock, days=40)
    assert (heard(leader, FIRST), heard(leader, LAST)) == (1, 1)


def test_whoever_has_decided_is_not_reminded(place: Place, clock: StillClock) -> None:
    leader = place.leader("Desmond Decided")
    place.gives_draft(leader, ROTA)
    leader.clicks("Withdraw")
    leader.sees("It's gone")
    lives_until(place, clock, days=20)
    assert (heard(leader, FIRST), heard(leader, LAST)) == (0, 0)


def test_a_reminder_that_comes_late_waits_for_the_end_of_the_quiet_hours(place: Place, clock: StillClock) -> None:
    leader = place.leader("Quilla Quiet")
    place.gives_draft(leader, ROTA)
    clock.moves(days=3, hours=13)  # Thursday, half past ten at night: until now the machine was off
    place.ticks()
    leader.never_sees(FIRST, for_seconds=1.5)
    lives_until(place, clock, hours=9, minutes=31)  # just after eight in the morning
    assert heard(leader, FIRST) == 1


def test_on_the_stated_day_sound_and_hidden_words_go_and_the_leader_is_told(place: Place, clock: StillClock) -> None:
    leader = place.leader("Stina Stated")
    assert "31 May 2026" in place.gives_draft(leader, ROTA).text
    assert len(place.rows(HiddenWords)) == len(place.sounds()) == 1
    lives_until(place, clock, days=90, hours=1)  # a Sunday: it is done, and said on Monday
    assert place.rows(HiddenWords) == [] == place.sounds()
    assert heard(leader, "As I said I would, I've deleted the recording") == 0
    lives_until(place, clock, days=1)
    leader.sees("As I said I would, I've deleted the recording")
    assert [(one.blob_id, one.raw) for one in place.of(leader, Recording)] == [(None, None)]
    assert "The recording and the hidden words have been deleted" in leader.sees("Here is what I heard").text
    leader.clicks("Show what was hidden")
    assert "Tom" not in leader.modal(containing="have been deleted, as I said").text
    leader.closes()
    place.signs_off(leader)  # what can be read is still the leader's to share
    leader.sees("It's in ")


@pytest.fixture
def watched(tmp_path: Any, clock: StillClock, engines: EngineRoom) -> Iterator[Place]:
    """A community with a facilitator, whom the operator's setting names."""
    with open_place(tmp_path, clock, engines, first_facilitator="U0FACILITAT") as place:
        yield place


def test_a_facilitator_sees_that_drafts_wait_and_neither_whose_nor_what(watched: Place, clock: StillClock) -> None:
    leader = watched.leader("Wilma Waiting")
    facilitator = watched.sandbox.person("Freya Facilitator", user_id="U0FACILITAT")
    facilitator.says("hello")
    facilitator.clicks("Join")
    facilitator.modal()
    assert facilitator.submits() == {}
    facilitator.sees("Welcome")
    watched.gives_draft(leader, ROTA)
    facilitator.opens_home()
    facilitator.sees_at_home("No draft has waited longer than ten working days")
    lives_until(watched, clock, days=15)
    facilitator.opens_home()
    home = facilitator.sees_at_home("One draft has waited longer than ten working days")
    assert "Wilma" not in home.text and "rota" not in home.text
    leader.opens_home()
    assert "has waited" not in leader.sees_at_home("waits for you to read it").text


# --- Slack is away ---


def test_while_slack_is_away_for_long_sharing_and_taking_back_wait_and_then_happen(
    place: Place, clock: StillClock
) -> None:
    sharing, leaving = place.leader("Petra Publishes"), place.leader("Lotta Leaves")
    place.gives_draft(leaving, "The kettle was the first thing that we agreed on.")
    place.signs_off(leaving)
    leaving.sees("It's in ")
    place.gives_draft(sharing, ROTA)
    place.sandbox.faults.server_error("chat.delete", times=7)
    leaving.clicks("Take it back")
    leaving.sees("Taking it back now")
    place.sandbox.faults.server_error("chat.postMessage", times=8)  # one may meet what is said of the recording
    place.signs_off(sharing)
    sharing.sees("I couldn't reach the place where stories go just now. Nobody has seen it yet", within=60)
    leaving.sees("I'll keep trying until everything is gone", within=60)
    assert place.published() == []
    lives_until(place, clock, minutes=11)
    sharing.sees("It's in ")
    leaving.sees("It's gone")
    (story,) = place.sandbox.channel("stories").messages
    assert "rota" in story.text
    (file,) = place.published()
    assert "rota" in file.read_text()


# --- a change of mind on the way out ---


def test_permission_that_is_taken_back_while_the_story_goes_out_keeps_it_private(place: Place) -> None:
    leader = place.leader("Mindy Changed")
    place.gives_draft(leader, ROTA)
    place.sandbox.faults.slow("chat.postMessage", seconds=2.0)
    before = len(place.sandbox.api_calls)
    place.signs_off(leader)
    eventually(lambda: any(call.method == "chat.postMessage" for call in place.sandbox.api_calls[before:]))
    changes_permissions(leader, RECORD, TRANSCRIBE)
    leader.sees("It's gone", within=20)
    eventually(lambda: place.sandbox.channel("stories").messages == [], within=20)
    assert place.published() == []
    leader.never_sees("It's in ", for_seconds=1)
    assert [one.state for one in place.of(leader, Transcript)] == [State.WITHDRAWN]
    assert not any("shared the rota" in text for text in place.sandbox.everything())
