"""What comes twice counts once, and what is old changes nothing."""

from collections.abc import Iterator

import pytest

from bot.engine_room import EngineRoom
from bot.interviews.models import Recording, Stage
from bot.stories.models import State, Transcript
from tests.conftest import StillClock
from tests.conversations.clips import spoken
from tests.place import SOON, Place, eventually, open_place

WORDS = "We shared the rota and went home on time.", "Nobody asked who was in charge of the kettle."


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, engines: EngineRoom) -> Iterator[Place]:
    """One community for all plays of this file; each person is in one play."""
    with open_place(tmp_path_factory.mktemp("community"), StillClock(), engines) as place:
        yield place


def test_the_same_clip_makes_one_draft_however_it_comes_again(shared: Place) -> None:
    leader = shared.leader("Ella Echo")
    shared.sandbox.faults.duplicate_next_event()  # Slack tells us twice
    clip = leader.sends_voice(spoken())
    leader.sees("Here is what I heard", within=SOON)
    leader.shares(clip.files[0])  # the same file, shared once more
    leader.sees("I already have that clip")
    leader.sends_voice(spoken())  # the same sound as a new file
    leader.sees("That is the same recording as one you sent before", within=SOON)
    assert [one.stage for one in shared.of(leader, Recording)] == [Stage.DRAFTED, Stage.REFUSED]
    assert len(shared.of(leader, Transcript)) == 1
    assert sum("Here is what I heard" in message.text for message in leader.messages()) == 1


def test_a_clip_that_was_taken_back_may_be_sent_again(shared: Place) -> None:
    leader = shared.leader("Ruth Return")
    clip = leader.sends_voice(spoken("I changed my mind twice on the way home."))
    leader.sees("Here is what I heard", within=SOON)
    leader.clicks("Withdraw")
    leader.sees("It's gone")
    leader.shares(clip.files[0])
    eventually(
        lambda: [one.stage for one in shared.of(leader, Recording)] == [Stage.WITHDRAWN, Stage.DRAFTED], within=SOON
    )


def test_sharing_somebody_elses_clip_says_whose_it_is_not_even_while_the_bot_has_it(shared: Place) -> None:
    owner, other = shared.leader("Olga Owner"), shared.leader("Ben Borrower")
    clip = owner.sends_voice(spoken("We painted the waiting room ourselves on a Sunday."))
    owner.sees("Here is what I heard", within=SOON)
    other.shares(clip.files[0])
    other.sees("That file belongs to somebody else", within=SOON)
    other.never_sees("I already have that clip", for_seconds=0.2)
    assert shared.of(other, Transcript) == []


def test_somebody_who_shares_my_clip_first_does_not_keep_me_from_sending_it(shared: Place) -> None:
    owner, other = shared.leader("Mona Mine"), shared.leader("Theo Theirs")
    shared.sandbox.faults.slow("files.info", seconds=2.0)
    clip = other.sends_voice(spoken("The kettle was the first thing that we agreed on."))
    clip.files[0].owner = owner.id  # as if they had shared what was Mona's
    eventually(lambda: len(shared.of(other, Recording)) == 1)
    owner.shares(clip.files[0])
    owner.sees("Here is what I heard", within=SOON)
    other.sees("That file belongs to somebody else", within=SOON)


def test_a_click_on_an_old_draft_says_so_and_decides_nothing(shared: Place) -> None:
    leader = shared.leader("Ada Older")
    old = shared.gives_draft(leader, *WORDS)
    leader.clicks("Hide more")
    leader.modal()
    leader.fills({"What should I hide?": "kettle"})
    assert leader.submits() == {}
    eventually(lambda: "kettle" not in leader.sees("Here is what I heard").text)
    eventually(lambda: bool(leader.sees("Here is what I heard").buttons))
    for button in ("Approve", "Edit", "Hide more", "Show what was hidden", "Un-hide"):
        leader.clicks(button, on=old)
        assert "That was an earlier version of your words" in leader.modal().text
        leader.closes()
    assert [one.state for one in shared.of(leader, Transcript)] == [State.DRAFT]
    assert shared.sandbox.channel("stories").messages == []


def test_a_window_sent_in_twice_counts_once(shared: Place) -> None:
    leader = shared.leader("Dee Double")
    shared.gives_draft(leader, *WORDS)
    leader.clicks("Edit")
    leader.modal()
    leader.fills({"Part 1": "We shared the keys and went home on time."})
    assert leader.submits(times=2) == {}
    leader.sees("We shared the keys")
    eventually(lambda: not shared.of(leader, Transcript)[0].changing)
    assert shared.of(leader, Transcript)[0].version == 2


def test_two_clicks_on_approve_share_one_story(shared: Place) -> None:
    leader = shared.leader("Tess Twice")
    draft = shared.gives_draft(leader, *WORDS)
    leader.clicks("Approve", on=draft)
    leader.modal()
    assert leader.submits(times=2) == {}
    leader.clicks("Approve", on=draft)
    leader.sees("It's in ")
    assert len(shared.sandbox.channel("stories").messages) == 1
    assert len(shared.published()) == 1
    leader.closes()  # the second click was told that it was decided already
    leader.clicks("Take it back")
    leader.sees("It's gone")


def test_a_window_sent_in_after_the_words_were_withdrawn_brings_nothing_back(shared: Place) -> None:
    leader = shared.leader("Willa Withdrew")
    draft = shared.gives_draft(leader, *WORDS)
    leader.clicks("Edit")
    leader.modal()
    leader.fills({"Part 1": "A sentence that must not come back."})
    leader.clicks("Withdraw", on=draft)  # on another device
    leader.sees("It's gone")
    assert leader.submits() == {}
    assert "Those words are gone" in leader.modal().text
    leader.closes()
    assert not any("must not come back" in text for text in shared.sandbox.everything())
    assert [one.draft for one in shared.of(leader, Transcript)] == [None]


def test_nobody_can_press_the_buttons_of_somebody_elses_draft(shared: Place) -> None:
    leader, other = shared.leader("Prue Private"), shared.leader("Nosy Parker")
    draft = shared.gives_draft(leader, *WORDS)
    for button in ("Approve", "Show what was hidden", "Edit"):
        other.clicks(button, on=draft)
        assert "Those words belong to somebody else" in other.modal().text
        other.closes()
    assert [one.state for one in shared.of(leader, Transcript)] == [State.DRAFT]
