"""Sign-off that takes two minutes: the first page, the lines that want an eye, the full text, and the yes."""

from collections.abc import Iterator

import pytest

from bot.anonymise.risk.models import Assessment, Risk, RiskKind
from bot.engine_room import EngineRoom
from bot.interviews.models import Played
from bot.people.models import Consent, Scope
from bot.people.wording import current
from bot.sandbox.person import Person
from bot.stories.models import State, Transcript
from tests.conversations.looking import KETTLE, SAID, keeps_the_rest, line_with, looks, taps
from tests.place import RECORD, SHARE, TRANSCRIBE, Place, eventually, open_place, reads_all
from tests.still_clock import StillClock

QUOTE = "Quote a line of it"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, engines: EngineRoom) -> Iterator[Place]:
    """One community for all plays of this file; each person is in one play."""
    with open_place(tmp_path_factory.mktemp("community"), StillClock(), engines) as place:
        yield place


def taken_back(leader: Person) -> None:
    leader.clicks("Take it back")
    leader.sees("It's gone")


def test_from_the_first_page_to_yes_in_a_few_taps(shared: Place) -> None:
    amina = shared.leader("Amina Twominutes")
    page = shared.gives_draft(amina, *SAID, unsure=[2])
    assert "“You carry the rota home with you.”" in page.text
    assert KETTLE not in page.text  # hard to hear, so none of her phrases
    assert "Priya" not in page.text and "Tarnbridge" not in page.text
    assert "Two things I hid, and one I wasn't sure I heard right." in page.text
    assert page.buttons == ["Look at those three", "Read all of it", "Approve", "Withdraw"]
    window = looks(amina)
    assert "1 of 3" in window.text and "Priya Sharma" in window.text
    window = taps(amina, "Keep")
    assert "2 of 3" in window.text and "Tarnbridge" in window.text
    window = taps(amina, "Keep")
    assert "3 of 3" in window.text and KETTLE in window.text and "Play it again" in window.buttons
    window = taps(amina, "Hide")
    assert "That's all of them" in window.text
    amina.clicks("Approve")
    window = amina.modal(containing="This goes to", within=20)
    assert amina.submits() == {}
    amina.sees("It's in ")
    (story,) = shared.sandbox.channel("stories").messages
    assert "kitchen table" in story.text and "kettle" not in story.text and "Priya" not in story.text
    taken_back(amina)


def test_every_phrase_of_the_first_page_is_the_leaders_own_word_for_word(shared: Place) -> None:
    leader = shared.leader("Vera Verbatim")
    page = shared.gives_draft(leader, *SAID)
    phrases = [line.strip("“”") for line in page.text.splitlines() if line.startswith("“")]
    assert 2 <= len(phrases) <= 4
    leader.clicks("Read all of it")
    text = leader.sees("Here is all of what I heard").text
    assert all(phrase in text for phrase in phrases)


def test_the_full_text_is_one_tap_away_and_so_is_the_way_back(shared: Place) -> None:
    leader = shared.leader("Reda Reads")
    shared.gives_draft(leader, *SAID)
    leader.clicks("Read all of it")
    text = leader.sees("Here is all of what I heard")
    assert KETTLE in text.text
    assert {"Edit", "Hide more", "Show what was hidden", "Un-hide", "Approve", "Withdraw"} <= set(text.buttons)
    leader.clicks("Hide more")
    leader.modal()
    leader.fills({"What should I hide?": "kettle"})
    assert leader.submits() == {}
    eventually(lambda: "kettle" not in leader.sees("Here is all of what I heard").text)  # where she was
    eventually(lambda: "Back to the first page" in leader.sees("Here is all of what I heard").buttons)
    leader.clicks("Back to the first page")
    assert "You carry the rota home" in leader.sees("Here is what I heard, in your words").text


def test_a_very_short_note_is_shown_whole_with_all_that_can_be_done_to_it(shared: Place) -> None:
    leader = shared.leader("Shona Short")
    page = shared.gives_draft(leader, "We shared the rota and went home on time.")
    assert "We shared the rota and went home on time." in page.text
    assert "Nothing wants your eye" in page.text
    assert page.buttons == ["Approve", "Withdraw", "Edit", "Hide more", "Show what was hidden", "Un-hide"]


# --- line by line ---


def test_closing_half_way_loses_nothing_and_the_count_falls(shared: Place) -> None:
    leader = shared.leader("Hali Halfway")
    shared.gives_draft(leader, *SAID, unsure=[2])
    looks(leader)
    taps(leader, "Keep")
    leader.closes()
    leader.sees("One thing I hid, and one I wasn't sure")
    window = looks(leader)
    assert "1 of 2" in window.text
    taps(leader, "Keep")
    taps(leader, "Keep")
    leader.closes()
    assert "You've looked at everything I had marked" in leader.sees("looked at everything").text
    assert [one.version for one in shared.of(leader, Transcript)] == [1]  # keeping changes no word


def test_going_back_and_choosing_again_undoes_a_choice(shared: Place) -> None:
    leader = shared.leader("Unna Undoes")
    shared.gives_draft(leader, *SAID, unsure=[2])
    looks(leader)
    line_with(leader, KETTLE)
    taps(leader, "Hide")
    window = taps(leader, "Back")
    assert KETTLE in window.text and "You chose to leave this out" in window.text
    taps(leader, "Keep")
    leader.closes()
    leader.sees("You've looked at everything")
    leader.clicks("Read all of it")
    assert KETTLE in leader.sees("Here is all of what I heard").text


def test_a_line_in_other_words_is_masked_again(shared: Place) -> None:
    leader = shared.leader("Changa Changes")
    shared.gives_draft(leader, *SAID, unsure=[2])
    looks(leader)
    line_with(leader, KETTLE)
    leader.clicks("Change")
    leader.modal(containing="Say it in other words")
    leader.fills({"This line": "I rang Tom Ashdown on 07700 900123 about the \u202ekettle.\u0007"})
    assert leader.submits() == {}
    leader.modal(containing="That's all of them")
    leader.closes()
    eventually(lambda: shared.of(leader, Transcript)[0].version == 2, within=20)
    leader.clicks("Read all of it")
    text = leader.sees("Here is all of what I heard").text
    assert "about the kettle." in text and "Tom" not in text and "900123" not in text and "mumbled" not in text


def test_only_what_is_ones_own_may_be_unhidden_line_by_line(shared: Place) -> None:
    leader = shared.leader("Yrsa Ingoldsby")
    shared.gives_draft(leader, "I am Yrsa Ingoldsby and I lead this practice.", *SAID)
    looks(leader)
    assert "Un-hide" in line_with(leader, "Yrsa Ingoldsby").buttons
    taps(leader, "Un-hide")
    assert "Un-hide" not in line_with(leader, "Priya Sharma").buttons
    keeps_the_rest(leader)
    leader.closes()
    eventually(lambda: shared.of(leader, Transcript)[0].version == 2, within=20)
    leader.clicks("Read all of it")
    text = leader.sees("Here is all of what I heard").text
    assert "Yrsa Ingoldsby" in text and "Priya" not in text


def test_a_risky_line_says_why_and_is_softened_in_place(shared: Place) -> None:
    leader = shared.leader("Rika Risky")
    shared.gives_draft(leader, *SAID)
    assert shared.bot is not None
    with shared.bot.store.session() as session:  # as if her community made this telling
        (draft,) = shared.of(leader, Transcript)
        risk = Risk(RiskKind.INSIDER, 0, "at the kitchen table", 1, ("practice manager",), "at home")
        session.get_one(Transcript, draft.id).risks = Assessment((risk,)).to_json()
    looks(leader)
    window = line_with(leader, "Soften it")
    assert "practice manager" in window.text and "at home" in window.text
    taps(leader, "Soften it")
    keeps_the_rest(leader)
    leader.closes()
    eventually(lambda: shared.of(leader, Transcript)[0].version == 2, within=20)
    text = reads_all(leader).text
    assert "sit at home until ten" in text and "kitchen" not in text


def test_nothing_would_be_left_is_said_in_the_window(shared: Place) -> None:
    leader = shared.leader("Nona Nothing")
    shared.gives_draft(leader, KETTLE, unsure=[0])
    looks(leader)
    assert "nothing left to share" in taps(leader, "Hide").text


def test_a_stretch_is_played_to_the_leader_alone(shared: Place) -> None:
    from tests.conversations.clips import spoken_in_a_file_of

    leader = shared.leader("Lis Listens")
    shared.gives_draft(leader, *SAID, unsure=[2], sound=spoken_in_a_file_of(1_500_000))
    looks(leader)
    line_with(leader, KETTLE)
    leader.clicks("Play it again")
    leader.modal(containing="It's in our chat now", within=20)
    (played,) = [row for row in shared.rows(Played) if row.slack_id == leader.id]
    assert (played.start, played.end) == (20.0, 29.0)


def test_somebody_else_cannot_look(shared: Place) -> None:
    leader, other = shared.leader("Pia Private"), shared.leader("Nosa Nosy")
    draft = shared.gives_draft(leader, *SAID)
    for label in ("Look at those two", "Read all of it"):
        other.clicks(label, on=draft)
    assert "Those words belong to somebody else" in other.modal().text
    assert "Here is what I heard, in your words" in leader.sees("Here is what I heard").text


def test_somebody_elses_approve_puts_nothing_in_place_and_shows_them_nothing(shared: Place) -> None:
    leader, other = shared.leader("Petra Pending"), shared.leader("Nils Nosy")
    draft = shared.gives_draft(leader, *SAID, unsure=[2])
    looks(leader)
    line_with(leader, KETTLE)
    taps(leader, "Hide")
    other.clicks("Approve", on=draft)
    assert "Those words belong to somebody else" in other.modal().text
    leader.closes()
    eventually(lambda: shared.of(leader, Transcript)[0].version == 2, within=20)  # by her own hand
    assert '"window": ""' in shared.of(leader, Transcript)[0].looked
    assert "Those words belong to somebody else" in other.modal().text


def test_what_was_chosen_for_words_that_changed_meanwhile_is_asked_again(shared: Place) -> None:
    leader = shared.leader("Lena Later")
    shared.gives_draft(leader, *SAID)
    looks(leader)
    line_with(leader, "you don't have to fix it tonight")
    taps(leader, "Hide")
    shared.sandbox.workspace.modals[leader.id].clear()  # a phone that was switched off says nothing
    reads_all(leader)
    leader.clicks("Edit")
    leader.modal()
    leader.fills({"Part 2": SAID[1].replace("fix it tonight", "do it all tonight")})
    assert leader.submits() == {}
    eventually(lambda: shared.of(leader, Transcript)[0].version == 2, within=20)
    leader.clicks("Back to the first page")
    assert "do it all tonight" in looks(leader).text
    leader.closes()


def test_an_hour_of_talk_asks_for_no_more_than_twenty_lines_and_says_so(shared: Place) -> None:
    leader = shared.leader("Lotte Long")
    said = [f"This is thought number {n}, and I was not sure how to say it to the others." for n in range(60)]
    page = shared.gives_draft(leader, *said, unsure=range(60))
    assert "Twenty I wasn't sure I heard right. There are 40 more, of less weight" in page.text
    assert "1 of 20" in looks(leader).text
    leader.closes()


# --- the yes ---


def test_what_was_chosen_is_put_in_place_before_anything_is_shared(shared: Place) -> None:
    leader = shared.leader("Prue Pending")
    shared.gives_draft(leader, *SAID, unsure=[2])
    looks(leader)
    line_with(leader, KETTLE)
    taps(leader, "Hide")
    shared.sandbox.workspace.modals[leader.id].clear()  # a phone that was switched off says nothing
    leader.clicks("Approve")
    leader.modal(containing="This goes to", within=20)
    assert shared.sandbox.channel("stories").messages == []
    assert leader.submits() == {}
    leader.sees("It's in ")
    assert "kettle" not in shared.sandbox.channel("stories").messages[0].text
    taken_back(leader)


def test_the_question_is_not_lost_where_slack_is_slow(shared: Place) -> None:
    leader = shared.leader("Sol Slow")
    shared.gives_draft(leader, *SAID, unsure=[2])
    looks(leader)
    line_with(leader, KETTLE)
    taps(leader, "Hide")
    keeps_the_rest(leader)
    shared.sandbox.faults.slow("views.update", seconds=3)
    leader.clicks("Approve")
    leader.modal(containing="One moment", within=20)
    leader.modal(containing="This goes to", within=20)
    leader.closes()


def test_each_permission_is_asked_with_its_sentence_and_every_answer_is_kept_with_its_wording(shared: Place) -> None:
    leader = shared.leader("Wanda Wording")
    shared.gives_draft(leader, SAID[0])
    leader.clicks("Approve")
    window = leader.modal()
    words = current()
    for scope in (Scope.SHARE, Scope.QUOTE, Scope.ACTOR_VOICE, Scope.TAG_LINE):
        assert words.scopes[scope].label in window.text and words.scopes[scope].sentence in window.text
    field = window.field("What you permit")
    assert field is not None
    assert [option["value"] for option in field.element["initial_options"]] == ["share"]
    leader.fills({"What you permit": [SHARE, QUOTE]})
    assert leader.submits() == {}
    leader.sees("It's in ")
    answers = {one.scope: (one.given, one.wording_version) for one in shared.of(leader, Consent)}
    assert answers[Scope.SHARE] == answers[Scope.QUOTE] == (True, words.version)
    assert answers[Scope.ACTOR_VOICE] == answers[Scope.TAG_LINE] == (False, words.version)
    taken_back(leader)


def test_whoever_answered_before_is_asked_once_and_shortly(shared: Place) -> None:
    leader = shared.leader("Sonja Second")
    shared.gives_draft(leader, SAID[0])
    shared.signs_off(leader)
    leader.sees("It's in ")
    second = shared.gives_draft(leader, "The second time round, we laughed about the kettle.")
    approve = second.button("Approve")
    assert approve is not None
    sure = str(approve.element["confirm"])
    assert "#stories" in sure and "“Share it without my name”" in sure and "Quote a line" not in sure
    leader.clicks("Approve")
    eventually(lambda: len(shared.sandbox.channel("stories").messages) == 2)
    assert not leader.has_modal
    for message in leader.messages():
        if "Take it back" in message.buttons:
            leader.clicks("Take it back", on=message)
    eventually(lambda: shared.sandbox.channel("stories").messages == [])


def test_a_permission_taken_back_since_is_asked_again_even_by_an_old_button(shared: Place) -> None:
    leader = shared.leader("Tilda Takes")
    shared.gives_draft(leader, SAID[0])
    leader.clicks("Approve")
    leader.modal()
    leader.fills({"What you permit": [SHARE, QUOTE]})
    assert leader.submits() == {}
    leader.sees("It's in ")
    taken_back(leader)
    draft = shared.gives_draft(leader, "The second time round, we laughed about the kettle.")
    leader.runs("/collaborate", "permissions")
    leader.modal()
    leader.fills({leader.modal().labels[0]: [RECORD, TRANSCRIBE, SHARE]})
    assert leader.submits() == {}
    leader.clicks("Approve", on=draft)
    assert "Quote a line of it" in leader.modal(containing="This goes to").text
    assert shared.sandbox.channel("stories").messages == []
    leader.closes()


def test_without_permission_to_share_nothing_is_shared_and_that_is_said_kindly(shared: Place) -> None:
    leader = shared.leader("Nell Not")
    shared.gives_draft(leader, SAID[0])
    leader.clicks("Approve")
    leader.modal()
    leader.fills({"What you permit": []})
    assert leader.submits() == {}
    assert "Then it stays between us" in leader.modal().text
    assert [one.state for one in shared.of(leader, Transcript)] == [State.DRAFT]
    assert shared.sandbox.channel("stories").messages == []
    leader.closes()
    leader.clicks("Approve")  # a no to sharing is asked again whenever somebody presses Approve
    assert "What you permit" in leader.modal(containing="This goes to").labels
    leader.closes()
