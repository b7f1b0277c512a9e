"""Verification and sign-off: the leader reads, changes, decides; nobody else sees a word before that."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.engine_room import EngineRoom
from bot.people.models import Consent, Scope
from bot.people.wording import current
from bot.sandbox.limits import check_message
from bot.sandbox.person import Person
from bot.sandbox.seen import SeenMessage
from bot.stories.models import State, Transcript
from tests.conftest import StillClock
from tests.place import RECORD, SHARE, TRANSCRIBE, Place, eventually, open_place

ROTA = "We shared the rota and went home on time."
KETTLE = "Nobody asked who was in charge of the kettle."


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, engines: EngineRoom) -> Iterator[Place]:
    """One community for all plays of this file; each person is in one play, and nobody's name is an English word."""
    with open_place(tmp_path_factory.mktemp("community"), StillClock(), engines) as place:
        yield place


def draft_of(leader: Person) -> SeenMessage:
    """The leader's draft as it stands, once it is at rest."""
    eventually(lambda: "Approve" in leader.sees("Here is what I heard").buttons)
    return leader.sees("Here is what I heard")


def edits(leader: Person, **parts: str) -> dict[str, str]:
    """Opens Edit, types (`Part_1="…"`), and saves; gives the errors in the window."""
    leader.clicks("Edit")
    leader.modal()
    leader.fills({name.replace("_", " "): text for name, text in parts.items()})
    return leader.submits()


def version(place: Place, leader: Person) -> int:
    return int(place.of(leader, Transcript)[0].version)


def may_be_put_back(leader: Person) -> list[str]:
    """The labels of what Un-hide offers."""
    leader.clicks("Un-hide")
    boxes = [found for found in leader.modal().elements if found.kind == "checkboxes"]
    return [option["text"]["text"] for box in boxes for option in box.element["options"]]


# --- editing ---


def test_emptying_a_part_leaves_it_out(shared: Place) -> None:
    leader = shared.leader("Edda Empty")
    shared.gives_draft(leader, ROTA, KETTLE)
    assert edits(leader, Part_1="") == {}
    eventually(lambda: "rota" not in draft_of(leader).text)
    assert KETTLE in draft_of(leader).text


def test_emptying_everything_is_told_in_the_window(shared: Place) -> None:
    leader = shared.leader("Nils Nothing")
    shared.gives_draft(leader, ROTA, KETTLE)
    assert "nothing left to share" in edits(leader, Part_1="", Part_2="  ")["0"]
    leader.closes()
    assert ROTA in draft_of(leader).text


def test_saving_without_a_change_changes_nothing(shared: Place) -> None:
    leader = shared.leader("Sanna Same")
    shared.gives_draft(leader, ROTA)
    assert edits(leader) == {}
    assert version(shared, leader) == 1


def test_a_name_that_was_typed_is_hidden_like_one_that_was_said(shared: Place) -> None:
    leader = shared.leader("Tarja Typed")
    shared.gives_draft(leader, ROTA)
    assert edits(leader, Part_1="I rang Priya Sharma about the rota.") == {}
    eventually(lambda: version(shared, leader) == 2)
    assert "about the rota" in draft_of(leader).text
    assert "Priya" not in draft_of(leader).text


def test_what_was_put_back_stays_in_place_through_an_edit(shared: Place) -> None:
    leader = shared.leader("Oona Virtanen")
    shared.gives_draft(leader, "My name is Oona Virtanen and I shared the rota.", KETTLE)
    assert "Oona" not in draft_of(leader).text
    assert may_be_put_back(leader) == ["Oona Virtanen"]
    leader.fills({"Put back": ["Oona Virtanen"]})
    assert leader.submits() == {}
    eventually(lambda: "Oona Virtanen" in draft_of(leader).text)
    assert edits(leader, Part_2="Oona Virtanen boiled the kettle.") == {}
    eventually(lambda: "Oona Virtanen boiled the kettle" in draft_of(leader).text)


def test_leaders_cannot_break_the_layout_or_ping_anybody_with_what_they_type(shared: Place) -> None:
    leader = shared.leader("Liv Layout")
    shared.gives_draft(leader, ROTA)
    typed = "Read <!channel> and <https://evil.example|this> &lt;b&gt; ``` *rota*"
    assert edits(leader, Part_1=typed) == {}
    eventually(lambda: version(shared, leader) == 2)
    for message in draft_of(leader).blocks:
        if message["type"] == "rich_text":
            continue  # nothing is parsed there
        assert "<!channel>" not in str(message) and "evil" not in str(message)
    shared.signs_off(leader)
    leader.sees("It's in ")
    (story,) = shared.sandbox.channel("stories").messages
    assert "<!channel>" not in story.own_text
    (file,) = shared.published()
    assert "<!channel>" not in file.read_text() and "```" not in file.read_text()
    leader.clicks("Take it back")
    leader.sees("It's gone")


# --- a long draft ---


def test_a_long_draft_comes_in_pages_that_slack_accepts_and_can_be_turned(shared: Place) -> None:
    leader = shared.leader("Paige Turner")
    said = [
        f"This is thought {n}. " + "We talked it over at the kitchen table until it was late. " * 8 for n in range(30)
    ]
    shared.gives_draft(leader, *said)
    leader.clicks("Read all of it")
    leader.sees("Here is all of what I heard, part 1")
    seen, pages = "", 0
    while True:
        draft = draft_of(leader)
        check_message(list(draft.blocks))
        seen, pages = seen + draft.text, pages + 1
        if "Further" not in draft.buttons:
            break
        leader.clicks("Further")
        eventually(lambda before=draft.text: draft_of(leader).text != before)  # type: ignore[misc]
    assert pages > 2
    assert all(f"This is thought {n}." in seen for n in range(30))
    leader.clicks("Edit")
    assert f"Part {len(said)}" in leader.modal().labels  # the boxes of the page that is open
    leader.closes()
    leader.clicks("Earlier")
    eventually(lambda: f"part {pages - 1} of {pages}" in draft_of(leader).text)


# --- un-hiding ---

OWN = {"Where you work": "Larkspur Surgery", "The town or village": "Tarnbridge"}
SAID = (
    "I am Ingrid Solberg and I lead Larkspur Surgery in Tarnbridge.",
    "Tom Ashdown was diagnosed with multiple sclerosis, and my sister Elsbeth looks after him.",
)


def test_only_what_is_the_leaders_own_may_be_put_back(shared: Place) -> None:
    leader = shared.leader("Ingrid Solberg", **OWN)
    draft = shared.gives_draft(leader, *SAID)
    for words in ("Ingrid", "Larkspur", "Tarnbridge", "Tom", "sclerosis", "Elsbeth"):
        assert words not in draft.text
    offered = may_be_put_back(leader)
    assert any("Larkspur" in label for label in offered) and any("Tarnbridge" in label for label in offered)
    for words in ("Tom", "sclerosis", "Elsbeth", "sister"):
        assert not any(words in label for label in offered)
    leader.closes()


def test_a_forged_wish_to_put_back_a_third_partys_name_is_refused(shared: Place) -> None:
    leader = shared.leader("Fenja Forsberg", **OWN)
    shared.gives_draft(leader, "I am Fenja Forsberg.", "Tom Ashdown was diagnosed with multiple sclerosis.")
    assert may_be_put_back(leader)
    view = shared.sandbox.workspace.modals[leader.id][-1]
    for answers in view.values.values():
        for answer in answers.values():
            ids = [f"{label}:{n}" for label in ("PERSON", "HEALTH", "FAMILY") for n in range(4)]
            answer["selected_options"] = [_option(one) for one in ids]
    assert leader.submits() == {}
    eventually(lambda: version(shared, leader) == 2)
    assert "Tom" not in draft_of(leader).text and "sclerosis" not in draft_of(leader).text
    assert "Fenja" in draft_of(leader).text  # her own name was among what was asked for


def _option(value: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": value}, "value": value}


# --- deciding ---


def test_without_permission_to_share_it_is_asked_for_first_and_kept_with_its_wording(shared: Place) -> None:
    leader = shared.leader("Kajsa Konsent", permits=(RECORD, TRANSCRIBE))
    shared.gives_draft(leader, ROTA)
    leader.clicks("Approve")
    window = leader.modal()
    assert current().scopes[Scope.SHARE].label in window.text
    assert current().scopes[Scope.SHARE].sentence in window.text
    assert shared.sandbox.channel("stories").messages == []
    leader.fills({"What you permit": [SHARE]})
    assert leader.submits() == {}
    leader.sees("It's in ")
    (given,) = [one for one in shared.of(leader, Consent) if one.scope is Scope.SHARE]
    assert (given.given, given.wording_version) == (True, current().version)
    leader.clicks("Take it back")
    leader.sees("It's gone")


def test_not_giving_it_keeps_everything_private(shared: Place) -> None:
    leader = shared.leader("Nanna Notnow", permits=(RECORD, TRANSCRIBE))
    shared.gives_draft(leader, ROTA)
    leader.clicks("Approve")
    leader.modal()
    leader.closes()
    assert [one.state for one in shared.of(leader, Transcript)] == [State.DRAFT]
    assert shared.sandbox.channel("stories").messages == []


def test_the_leader_is_told_once_when_they_have_deleted_their_clip(shared: Place) -> None:
    from tests.conversations.clips import spoken

    leader = shared.leader("Dagny Deletes")
    clip = leader.sends_voice(spoken())
    leader.sees("Here is what I heard", within=45)
    shared.sandbox.faults.duplicate_next_event()
    leader.deletes_file(clip.files[0])
    leader.sees("I see that you've deleted the clip")
    shared.signs_off(leader)
    shared_now = leader.sees("It's in ")
    assert "Open the clip" not in shared_now.buttons
    assert sum("deleted the clip" in message.text for message in leader.messages()) == 1
    leader.clicks("Take it back")
    leader.sees("It's gone")
