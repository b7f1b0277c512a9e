"""The transcriber's desk: one named person puts a word right, and whose word it is sees that they did."""

from collections.abc import Iterator

import pytest

from bot.desk import service
from bot.desk.models import EarAsked, Opening
from bot.engine_room import EngineCrashed, EngineRoom
from bot.interviews.models import Played, Recording
from bot.sandbox.person import Person
from bot.schedule.models import Due, Kind
from bot.stories.models import Transcript
from tests.desk.scene import HEADING, RAW, Desk, asks, at_rest, corrects, is_done, open_desk, opens, played
from tests.place import eventually
from tests.still_clock import StillClock

ROTOR, HOME, KETTLE = "We sheered the rotor.", "Then we all went home.", "Nobody asked about the kettle."


class Moody:
    """The engines, of which masking can be told to fail."""

    def __init__(self, engines: EngineRoom) -> None:
        self._engines, self.broken = engines, False

    def mask(self, *arguments: object, **more: object) -> object:
        if self.broken:
            raise EngineCrashed()
        return self._engines.mask(*arguments, **more)  # type: ignore[arg-type]

    def __getattr__(self, name: str) -> object:
        return getattr(self._engines, name)


@pytest.fixture
def moody(engines: EngineRoom) -> Moody:
    return Moody(engines)


@pytest.fixture
def desk(tmp_path_factory: pytest.TempPathFactory, clock: StillClock, moody: Moody) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk"), clock, moody) as opened:  # type: ignore[arg-type]
        yield opened


# --- what stands on Home ---


def test_an_empty_desk_is_said_kindly_and_to_the_transcriber_alone(desk: Desk) -> None:
    desk.nora.opens_home()
    assert "Nothing waits for your ear" in desk.nora.sees_at_home(HEADING).text
    desk.fay.opens_home()
    assert HEADING not in desk.fay.sees_at_home("What waits").text


def test_drafts_wait_without_a_name_or_a_word_and_the_longest_unclear_stands_first(desk: Desk) -> None:
    amina, tom = desk.leader("Amina Okafor"), desk.leader("Tom Virtanen")
    desk.says(amina, ROTOR, HOME, unclear=[0])
    desk.says(tom, *(KETTLE for _ in range(24)), unclear=[0, 1, 2])
    desk.nora.opens_home()
    home = desk.nora.sees_at_home("4 minutes").text
    assert home.index("A note of 4 minutes from today, three unclear parts.") < home.index("one unclear part.")
    assert not any(words in home for words in ("Amina", "Tom", "rotor", "kettle"))
    for other in (amina, tom, desk.fay):
        other.opens_home()
        assert HEADING not in other.sees_at_home("Your words").text


def test_a_leader_who_asks_for_an_ear_comes_first_until_somebody_listened(desk: Desk) -> None:
    amina, tom = desk.leader("Amina Okafor"), desk.leader("Tom Virtanen")
    desk.says(tom, KETTLE, KETTLE, unclear=[0, 1])
    desk.says(amina, ROTOR, unclear=[0])
    assert desk.bot is not None
    (asked,) = desk.of(amina, Transcript)
    with desk.bot.store.session() as session:
        service.ask_for_ear(session, session.get_one(Transcript, asked.id), now=desk.clock())
    desk.nora.opens_home()
    home = desk.nora.sees_at_home("Its leader asked for your ear").text
    assert home.index("one unclear part. Its leader asked") < home.index("two unclear parts")
    desk.clock.moves(minutes=1)  # type: ignore[attr-defined]
    opens(desk.nora, "Its leader asked me to listen")
    assert "rotor" in desk.nora.modal().text
    is_done(desk.nora)
    desk.nora.opens_home()
    eventually(lambda: "asked for your ear" not in desk.nora.sees_at_home(HEADING).text)
    assert [row.transcript_id for row in desk.rows(EarAsked)] == [asked.id]


# --- opening ---


def test_a_reason_is_asked_and_nothing_opens_without_one(desk: Desk) -> None:
    amina = desk.leader("Amina Okafor")
    desk.says(amina, ROTOR)
    asks(desk.nora)
    asked = desk.nora.modal(containing="What is it for?").text
    assert "It opens for 60 minutes" in asked and "Its leader asked" not in asked
    assert desk.nora.submits() != {}  # nothing was chosen
    desk.nora.fills({"What is it for?": "Something else"})
    assert "in a few words" in desk.nora.submits()["words"]
    assert desk.rows(Opening) == [] and desk.log(amina) == []
    desk.nora.fills({"In a few words, if you like": "She rang about it"})
    assert desk.nora.submits() == {}
    assert ROTOR in desk.nora.modal(containing=RAW).text
    assert desk.log(amina) == ["raw opened"]


def test_the_leader_sees_every_opening_where_the_draft_stands_and_on_home_and_no_message_more(desk: Desk) -> None:
    amina = desk.leader("Amina Okafor")
    desk.says(amina, ROTOR, HOME)
    before = len(amina.messages())
    opens(desk.nora, "Something else", words="is it Rota or Rotor Lane?")
    is_done(desk.nora)
    amina.sees("Opened by our transcriber on 2 March 2026, for another reason.")
    desk.clock.moves(days=1)  # type: ignore[attr-defined]
    opens(desk.nora)
    is_done(desk.nora)
    amina.sees("Opened by our transcriber on 3 March 2026, to correct a word.")
    assert "And once before" in at_rest(amina).text
    assert len(amina.messages()) == before
    amina.opens_home()
    home = amina.sees_at_home("Who opened my words").text
    assert home.index("on 3 March 2026, to correct") < home.index("on 2 March 2026, for another")
    assert "Rotor Lane" not in home + at_rest(amina).text  # a window may hold it, a message may not
    amina.clicks("See when and why", on="home")
    assert "is it Rota or Rotor Lane?" in amina.modal(containing="From 09:30 to 09:30").text
    desk.fay.opens_home()
    assert "Who opened my words" not in desk.fay.sees_at_home("What waits").text


def test_two_openings_at_once_are_one(desk: Desk) -> None:
    amina = desk.leader("Amina Okafor")
    desk.says(amina, ROTOR)
    asks(desk.nora)
    desk.nora.modal(containing="What is it for?")
    desk.nora.fills({"What is it for?": "A part is unclear"})
    assert desk.nora.submits(times=2) == {}
    desk.nora.modal(containing=RAW)
    desk.nora.closes(whole_stack=True)
    eventually(lambda: "Open until 10:30" in desk.nora.sees_at_home(HEADING).text)
    desk.nora.clicks("Go on", on="home")
    assert ROTOR in desk.nora.modal(containing=RAW).text
    assert len(desk.rows(Opening)) == 1 and desk.log(amina) == ["raw opened"]


# --- correcting ---


def test_a_corrected_word_reaches_the_draft_and_no_name_in_it_does(desk: Desk) -> None:
    amina = desk.leader("Amina Okafor")
    desk.says(amina, ROTOR, HOME, unclear=[0])
    opens(desk.nora)
    assert corrects(desk.nora, "Priya Sharma and I shared the rota. 🙂 שלום") == {}
    assert "Saved. Its leader gets" in desk.nora.modal(containing="Priya Sharma and I shared").text
    eventually(lambda: desk.of(amina, Transcript)[0].version == 2)
    first, second = desk.texts(amina)
    assert "and I shared the rota. 🙂" in first and "Priya" not in first and second == HOME
    eventually(lambda: "shared the rota" in at_rest(amina).text)
    assert "Priya" not in at_rest(amina).text and "rotor" not in at_rest(amina).text
    is_done(desk.nora)
    assert desk.log(amina) == ["raw opened", "raw corrected", "raw closed"]
    (recording,) = desk.of(amina, Recording)
    assert recording.raw and "Priya Sharma and I shared" in recording.raw and "before" not in recording.raw


def test_what_the_leader_changed_wins(desk: Desk) -> None:
    amina = desk.leader("Amina Okafor")
    desk.says(amina, ROTOR, HOME)
    leader_edits(desk, amina, "I did it all by myself.")
    opens(desk.nora)
    assert corrects(desk.nora, "We shared the rota.") == {}
    is_done(desk.nora)
    opens(desk.nora)
    eventually(lambda: "before" not in str(desk.of(amina, Recording)[0].raw))
    assert desk.texts(amina) == ["I did it all by myself.", HOME]


def leader_edits(desk: Desk, leader: Person, typed: str) -> None:
    """The leader changes the first part of their draft."""
    before = desk.of(leader, Transcript)[0].version
    leader.clicks("Edit")
    leader.modal(containing="Part 1")
    leader.fills({"Part 1": typed})
    assert leader.submits() == {}
    eventually(lambda: desk.of(leader, Transcript)[0].version == before + 1)


def test_an_empty_box_strikes_a_part_out_but_never_the_last_one(desk: Desk) -> None:
    amina = desk.leader("Amina Okafor")
    desk.says(amina, "Erm.", HOME)
    opens(desk.nora)
    assert corrects(desk.nora, "  ") == {}
    eventually(lambda: desk.texts(amina) == [HOME])
    assert "No words at all would be left" in corrects(desk.nora, "")["typed"]
    assert desk.texts(amina) == [HOME]


def test_three_thousand_characters_fit_and_the_leader_can_still_edit_them(desk: Desk) -> None:
    amina = desk.leader("Amina Okafor")
    desk.says(amina, ROTOR)
    long = ("We talked about it for a long while and then some more. " * 60)[:3_000].strip()
    opens(desk.nora)
    assert corrects(desk.nora, long) == {}
    eventually(lambda: desk.of(amina, Transcript)[0].version == 2)
    assert " ".join(desk.texts(amina)) == long and all(len(text) <= 1_500 for text in desk.texts(amina))
    desk.nora.clicks("Correct")
    field = desk.nora.modal(containing="Write what is really said").field("What is said")
    assert field is not None and field.element["initial_value"] == long and field.element["max_length"] == 3_000


def test_saving_the_same_words_changes_nothing(desk: Desk) -> None:
    amina = desk.leader("Amina Okafor")
    desk.says(amina, ROTOR)
    opens(desk.nora)
    assert corrects(desk.nora, ROTOR) == {}
    assert desk.of(amina, Transcript)[0].version == 1 and desk.log(amina) == ["raw opened"]


def test_a_window_that_is_sent_twice_saves_once(desk: Desk) -> None:
    amina = desk.leader("Amina Okafor")
    desk.says(amina, ROTOR)
    opens(desk.nora)
    desk.nora.clicks("Correct")
    desk.nora.modal(containing="Write what is really said there")
    desk.nora.fills({"What is said": "We shared the rota."})
    desk.nora.submits(times=2)
    eventually(lambda: desk.texts(amina) == ["We shared the rota."])
    assert desk.log(amina) == ["raw opened", "raw corrected"]


# --- when things go wrong ---


def test_if_masking_fails_nothing_comes_out_and_it_is_tried_again(desk: Desk, moody: Moody) -> None:
    amina = desk.leader("Amina Okafor")
    desk.says(amina, ROTOR)
    opens(desk.nora)
    moody.broken = True
    assert corrects(desk.nora, "Priya Sharma shared the rota.") == {}
    waits = Kind.DESK_CATCHES_UP
    eventually(lambda: any(due.kind is waits for due in desk.rows(Due)), within=30)
    assert desk.texts(amina) == [ROTOR] and "Priya" not in amina.sees("Here is what I heard").text
    moody.broken = False
    desk.clock.moves(minutes=11)  # type: ignore[attr-defined]
    desk.ticks()
    eventually(lambda: "shared the rota" in desk.texts(amina)[0])
    assert "Priya" not in desk.texts(amina)[0]


def test_a_crash_between_saving_and_masking_loses_nothing(desk: Desk) -> None:
    amina = desk.leader("Amina Okafor")
    desk.says(amina, ROTOR)
    opens(desk.nora)
    assert desk.bot is not None
    desk.bot.jobs.interrupt()  # from here on nothing that is on a queue is begun
    assert corrects(desk.nora, "We shared the rota.") == {}
    assert "shared" in desk.of(amina, Recording)[0].raw and desk.texts(amina) == [ROTOR]
    desk.closes()
    desk.opens()
    eventually(lambda: desk.texts(amina) == ["We shared the rota."], within=30)
    eventually(lambda: "shared the rota" in at_rest(amina).text)


# --- the time box ---


def test_when_the_time_is_over_every_button_says_so_and_offers_to_open_it_again(desk: Desk, clock: StillClock) -> None:
    amina = desk.leader("Amina Okafor")
    desk.says(amina, ROTOR)
    opens(desk.nora)
    desk.nora.clicks("Correct")
    desk.nora.modal(containing="Write what is really said there")
    clock.moves(minutes=61)
    desk.nora.fills({"What is said": "We shared the rota."})
    assert "this is not saved. Copy what you wrote" in desk.nora.submits()["typed"]
    assert desk.of(amina, Recording)[0].raw and "shared" not in desk.of(amina, Recording)[0].raw
    desk.nora.closes()
    desk.nora.clicks("Play it")
    assert ROTOR not in desk.nora.modal(containing="The time of this opening is over").text
    assert played(desk.nora) == []
    desk.ticks()
    eventually(lambda: desk.log(amina) == ["raw opened", "raw closed"])
    desk.nora.clicks("Open it again")
    desk.nora.modal(containing="What is it for?")
    desk.nora.fills({"What is it for?": "A part is unclear"})
    assert desk.nora.submits() == {}
    assert ROTOR in desk.nora.modal(containing=RAW).text
    assert len(desk.rows(Opening)) == 2


def test_what_was_played_goes_when_the_words_are_closed(desk: Desk, clock: StillClock) -> None:
    amina = desk.leader("Amina Okafor")
    desk.says(amina, ROTOR)
    opens(desk.nora, "A part is unclear")
    desk.nora.clicks("Play it")
    desk.nora.modal(containing="It's in our chat now")
    assert len(played(desk.nora)) == 1 and played(amina) == []
    clock.moves(minutes=5)
    is_done(desk.nora)
    desk.ticks()
    eventually(lambda: played(desk.nora) == [] and desk.rows(Played) == [])
    assert desk.log(amina) == ["raw opened", "raw played", "raw closed"]


def test_the_transcribers_own_words_are_theirs_to_open(desk: Desk) -> None:
    desk.says(desk.nora, ROTOR)
    opens(desk.nora)
    assert ROTOR in desk.nora.modal().text


def test_what_is_taken_back_leaves_no_reason_behind(desk: Desk) -> None:
    amina = desk.leader("Amina Okafor")
    desk.says(amina, ROTOR)
    opens(desk.nora, "Something else", words="the marmalade accordion")
    desk.nora.closes(whole_stack=True)
    at_rest(amina)
    amina.clicks("Withdraw")
    amina.sees("It's gone")
    eventually(lambda: [(row.words, row.closed_at is None) for row in desk.rows(Opening)] == [("", False)])
    amina.opens_home()
    assert "Who opened my words" not in amina.sees_at_home("Your words").text
