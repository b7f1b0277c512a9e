"""kill -9 at every turn of the way: started again, the bot goes on where it was, and nobody notices.

One village for all: a leader after the other has the bot die on their note. What was done stays done, nothing comes
twice, and nothing is asked of the leader.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from bot.sandbox.person import Person
from bot.sandbox.post_office.faults import Faults
from bot.sandbox.seen import SeenMessage
from tests.faults.village import Village, open_village
from tests.place import PATIENCE, SAMPLES, reads_all

NOTE = SAMPLES / "to-the-sheep.ogg"
DRAFT = "Here is what I heard"


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    with open_village(tmp_path_factory.mktemp("village")) as opened:
        yield opened


@dataclass(frozen=True)
class Moment:
    """When the bot dies: `fault` holds that moment open, `now` says that it has come, `stage` is as far as it got."""

    name: str
    stage: str
    now: Callable[[Village, Person], object]
    fault: Callable[[Faults], object] = lambda faults: None
    #: from when on the fault is wanted; at once if nothing has to be seen first
    after: str = ""


def shows(fragment: str) -> Callable[[Village, Person], bool]:
    return lambda village, leader: any(fragment in message.text for message in heard_by(leader))


def asks(method: str) -> Callable[[Village, Person], bool]:
    return lambda village, leader: village.asked[-1:] == [method]


MOMENTS = (
    Moment("the first answer has arrived but was not noted", "received", shows("got it safely"),
           fault=lambda faults: faults.answer_lost("chat.postMessage")),
    Moment("it fetches", "received", asks("files.info"), fault=lambda faults: faults.slow("files.info", 3)),
    Moment("it listens", "fetched", shows("listening")),
    Moment("it takes out names", "heard", shows("taking out names")),
    Moment("the draft is kept but not posted", "drafted", asks("conversations.open"),
           fault=lambda faults: faults.slow("conversations.open", 3)),
    Moment("the draft has arrived but was not noted", "drafted", shows(DRAFT), after="taking out names",
           fault=lambda faults: faults.answer_lost("chat.postMessage")),
)  # fmt: skip


def heard_by(leader: Person) -> list[SeenMessage]:
    return [message for message in leader.messages() if message.user != leader.id]


def stages_of(village: Village, file_id: str) -> list[str]:
    return village.database("SELECT stage FROM recording WHERE file_id = ?", file_id)


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: moment.name.replace(" ", "-"))
def test_killed_on_the_way_to_a_draft_it_goes_on_and_the_leader_does_nothing(village: Village, moment: Moment) -> None:
    leader = village.leader("Amina Okafor")
    before = len(heard_by(leader))
    if not moment.after:
        moment.fault(village.sandbox.faults)
    (file,) = leader.sends_voice(NOTE).files
    if moment.after:
        village.comes_to(lambda: shows(moment.after)(village, leader))
        moment.fault(village.sandbox.faults)
    village.comes_to(lambda: moment.now(village, leader))
    village.kills()
    assert stages_of(village, file.id) == [moment.stage]
    calls = len(village.sandbox.api_calls)

    village.starts()
    leader.sees(DRAFT, within=PATIENCE)
    village.comes_to(village.is_at_rest)

    progress, draft = heard_by(leader)[before:]
    assert "ready for you" in progress.text and DRAFT in draft.text
    assert "Approve" in draft.buttons and "Morag" not in draft.text
    assert stages_of(village, file.id) == ["drafted"]
    assert village.downloads.count(file.id) == 1
    if moment.stage in ("heard", "drafted"):
        assert not any("listening" in str(call.params) for call in village.sandbox.api_calls[calls:])
    if moment.stage == "drafted":
        assert not any("taking out names" in str(call.params) for call in village.sandbox.api_calls[calls:])


def gets_draft(village: Village) -> Person:
    leader = village.leader("Ben Marsh")
    leader.sends_voice(NOTE)
    leader.sees(DRAFT, within=PATIENCE)
    reads_all(leader)
    village.comes_to(village.is_at_rest)
    return leader


def dies_and_goes_on(village: Village) -> None:
    village.kills()
    assert not village.is_at_rest()
    village.starts()
    village.comes_to(village.is_at_rest)


def test_killed_while_working_in_a_change_the_change_comes_once(village: Village) -> None:
    leader = gets_draft(village)
    heard = len(heard_by(leader))
    leader.clicks("Edit")
    leader.modal()
    leader.fills({"Part 1": "Priya Sharma keeps the marmalade accordion."})
    assert leader.submits() == {}
    dies_and_goes_on(village)
    draft = leader.sees("marmalade accordion")
    assert "Approve" in draft.buttons and "Priya" not in draft.text
    assert len(heard_by(leader)) == heard
    assert village.database("SELECT count(*) FROM change") == [0]


@pytest.mark.parametrize("arrived", [False, True], ids=["before-the-post", "after-the-post-but-before-it-was-noted"])
def test_killed_while_publishing_there_is_one_story(village: Village, arrived: bool) -> None:
    leader, channel, shelf = gets_draft(village), village.sandbox.channel("stories"), len(village.published())
    stories, heard = len(channel.messages), len(heard_by(leader))
    strike = village.sandbox.faults.answer_lost if arrived else village.sandbox.faults.server_error
    strike("chat.postMessage")
    village.signs_off(leader)
    village.comes_to(lambda: len(channel.messages) > stories if arrived else len(village.published()) > shelf)
    dies_and_goes_on(village)
    assert len(channel.messages) == stories + 1
    assert len(village.published()) == shelf + 1
    leader.sees("without your name. Your recording is deleted")
    assert len(heard_by(leader)) == heard  # the draft's own message says so: nothing new arrived


@pytest.mark.parametrize("in_slack", [False, True], ids=["once-the-file-is-gone", "before-the-message-is-gone"])
def test_killed_while_taking_back_everything_is_gone(village: Village, in_slack: bool) -> None:
    leader, channel, shelf = gets_draft(village), village.sandbox.channel("stories"), len(village.published())
    stories = len(channel.messages)
    village.signs_off(leader)
    leader.sees("without your name. Your recording is deleted")
    village.comes_to(village.is_at_rest)
    heard = len(heard_by(leader))
    village.sandbox.faults.server_error("chat.delete" if in_slack else "chat.update")
    leader.clicks("Take it back")
    if in_slack:
        village.comes_to(lambda: shows("Taking it back now")(village, leader))
    else:
        village.comes_to(lambda: len(village.published()) == shelf)
    dies_and_goes_on(village)
    leader.sees("It's gone")
    assert len(channel.messages) == stories and len(village.published()) == shelf
    assert len(heard_by(leader)) == heard
    assert len(village.database("SELECT id FROM story")) == stories


def test_all_the_dying_left_no_name_and_no_word_in_the_log(village: Village) -> None:
    log = village.log.read_text()
    assert "collaborate ready" in log
    assert not any(word in log for word in ("Amina", "Marsh", "paramedic", "sheep", "Morag", "Edinburgh"))
    assert village.sandbox.lost_events == []
