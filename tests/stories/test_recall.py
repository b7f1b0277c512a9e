"""The list of what is taken back: right whatever fails on the way, and whoever registers."""

from pathlib import Path

import pytest
from sqlmodel import select

from bot.store.engine import Store
from bot.stories.elsewhere import Elsewhere, PullBack, Recalled
from bot.stories.models import Receipt
from bot.stories.sharing.recall import Recall
from tests.still_clock import StillClock
from tests.stories.library import Library


@pytest.fixture
def library(store: Store, clock: StillClock, tmp_path: Path) -> Library:
    return Library(store, clock, tmp_path / "published")


def recall(library: Library, *rooms: PullBack) -> Recall:
    elsewhere = Elsewhere(pull_back=rooms, forget_raw=lambda recording_id: None, clip_link=lambda recording_id: "")
    return Recall(
        store=library.store,
        clock=library.clock,
        publisher=library.publisher,
        exports=library.exports,
        elsewhere=elsewhere,
    )


def taken_back(library: Library, work: Recall, transcript_id: str) -> None:
    work.look(transcript_id)
    for name in work.names:
        work.pull(transcript_id, name)


def story(library: Library) -> str:
    transcript_id = library.transcript_of(library.shares(library.leader("Amina")))
    library.withdraws(transcript_id)
    return transcript_id


def counts(recalled: list[Recalled]) -> dict[str, int]:
    return {each.what: each.count for each in recalled if each.count}


EVERYWHERE = {"sharing.recalled_story": 1, "sharing.recalled_file": 1, "sharing.recalled_words": 1,
              "sharing.recalled_hidden": 1}  # fmt: skip


def test_everything_is_noted_before_it_goes(library: Library) -> None:
    transcript_id, work = story(library), recall(library)
    work.look(transcript_id)
    done, left = work.told(transcript_id)
    assert (done, counts(left)) == ([], EVERYWHERE)
    assert library.files() and library.board.messages  # and nothing is gone yet
    taken_back(library, work, transcript_id)
    done, left = work.told(transcript_id)
    assert (counts(done), left) == (EVERYWHERE, [])
    assert not library.files() and not library.board.messages


def test_what_was_half_done_when_the_machine_died_is_in_the_list_all_the_same(library: Library) -> None:
    transcript_id, work = story(library), recall(library)
    work.look(transcript_id)
    library.publisher.take_from_channel(transcript_id)  # done, and not yet noted
    library.publisher.take_from_shelf(transcript_id)
    taken_back(library, recall(library), transcript_id)  # another process looks again, and finds nothing
    assert counts(work.told(transcript_id)[0]) == EVERYWHERE


def test_a_room_is_asked_by_the_recording_and_no_more_once_it_is_done(library: Library) -> None:
    asked: list[str] = []

    def act(recording_id: str) -> Recalled:
        asked.append(recording_id)
        return Recalled("sharing.recalled_words", 3, ("And more.",))

    transcript_id = story(library)
    work = recall(library, PullBack("digests", act))
    taken_back(library, work, transcript_id)
    taken_back(library, work, transcript_id)
    assert asked == ["R0"]
    assert Recalled("sharing.recalled_words", 3, ("And more.",)) in work.told(transcript_id)[0]


def test_a_room_that_registers_while_a_withdrawal_is_under_way_is_asked_too(library: Library) -> None:
    transcript_id = story(library)
    taken_back(library, recall(library), transcript_id)
    later = recall(library, PullBack("digests", lambda recording_id: Recalled("sharing.recalled_words", 2)))
    taken_back(library, later, transcript_id)
    assert Recalled("sharing.recalled_words", 2) in later.told(transcript_id)[0]


def test_two_rooms_under_one_name_are_noticed_at_once(library: Library) -> None:
    """Or one of them would never be asked."""
    with pytest.raises(AssertionError, match="names differ"):
        recall(library, PullBack("story", lambda recording_id: Recalled()))


def test_once_the_leader_was_told_nothing_of_it_is_kept(library: Library) -> None:
    transcript_id, work = story(library), recall(library)
    taken_back(library, work, transcript_id)
    with library.store.session() as session:
        work.forget(session, transcript_id)
    with library.store.session() as session:
        assert session.exec(select(Receipt)).all() == []
    assert work.told(transcript_id) == ([], [])
