"""What people see stays within what Slack shows, whatever a member wrote."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.people import views, windows, wording
from bot.people.bands import AgeBand, Gender, Nation, Profession, Profile, Region
from bot.people.models import Changed, ConsentFact, Member, Scope
from bot.sandbox.limits import check_message, check_view
from bot.sandbox.workspace.fields import initial_values
from bot.slack.blocks import section
from bot.slack.models import Message
from bot.words import entries

from .conftest import NOON

LONG = "Ottermouth-on-the-Marsh & <!channel> " * 20
FULL = Profile(
    LONG,
    LONG,
    profession=Profession.OCCUPATIONAL_THERAPIST,
    region=Region.NORTH_EAST_AND_YORKSHIRE,
    gender=Gender.WOMAN,
)
STANDING = {scope: ConsentFact(scope is not Scope.QUOTE, NOON, "v1") for scope in Scope}


def member(name: str = "Dr Amina Okafor", profile: Profile = FULL) -> Member:
    someone = Member(workspace="T1", slack_id="UAMINA", name=name, joined_at=NOON)
    someone.take(profile)
    return someone


def shown(view: View) -> dict[str, Any]:
    view.validate_json()
    as_json: dict[str, Any] = json.loads(json.dumps(view.to_dict()))
    check_view(as_json)
    return as_json


def texts(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (text for value in part.values() for text in texts(value))
    elif isinstance(part, list):
        yield from (text for value in part for text in texts(value))
    elif isinstance(part, str):
        yield part


def words_of(blocks: list[Block] | tuple[Block, ...]) -> str:
    return "\n".join(text for block in blocks for text in texts(block.to_dict()))


def back(view: dict[str, Any]) -> dict[str, Any]:
    """The view as Slack hands it in when nobody touched a thing."""
    return view | {"state": {"values": initial_values(view["blocks"])}}


@pytest.mark.parametrize(
    "message",
    [
        views.hello(LONG),
        views.hello(""),
        views.not_now(),
        views.welcome(LONG, ()),
        views.welcome("Amina", Scope),
        views.just_text(()),
        views.details_saved(),
        views.permissions_changed(Changed(frozenset(Scope), frozenset(Scope)), ()),
        views.permissions_changed(Changed(), Scope),
        views.permissions_moved_on(),
    ],
)
def test_every_message_is_within_slacks_limits_and_has_a_text_for_screen_readers(message: Message) -> None:
    check_message([block.to_dict() for block in message.blocks])
    assert message.text.strip() and "<!channel>" not in message.text + words_of(message.blocks)
    assert len(message.text) < 4000


@pytest.mark.parametrize("name", ["", "Amina", LONG])
@pytest.mark.parametrize("given", [(), (Scope.SHARE,), tuple(Scope)])
def test_every_window_and_home_is_within_slacks_limits(name: str, given: tuple[Scope, ...]) -> None:
    shown(windows.how_it_works())
    shown(windows.joining(name, "Europe/London"))
    shown(windows.permissions(given))
    shown(windows.details(name, FULL))
    shown(views.home_of_guest(name))
    shown(views.home(member(name), {scope: STANDING[scope] for scope in given}, []))


def test_a_home_with_too_much_on_it_says_that_there_is_more() -> None:
    home = shown(views.home(member(), STANDING, [section("a line")] * 150))
    assert len(home["blocks"]) == 100
    assert entries()["people.home_more"]["text"] in texts(home["blocks"][-1])


def test_joining_asks_for_six_permissions_one_by_one_and_all_are_off() -> None:
    view = shown(windows.joining("Amina", "Europe/London"))
    boxes = next(block["element"] for block in view["blocks"] if block.get("block_id") == windows.PERMISSIONS)
    labels = [option["text"]["text"] for option in boxes["options"]]
    assert labels == [wording.current().scopes[scope].label for scope in Scope if scope is not Scope.ON_THE_RECORD]
    assert "initial_options" not in boxes
    assert windows.read_permissions(back(view)) == frozenset()


def test_nothing_has_to_be_said_and_what_is_unsaid_stays_so() -> None:
    view = shown(windows.joining("Amina Okafor", "Europe/Lisbon"))
    assert all(block.get("optional") for block in view["blocks"] if block["type"] == "input")
    window = windows.read_joining(view)
    said = windows.read_details(back(view), Profile(time_zone=window.time_zone))
    assert said == windows.Details("Amina Okafor", Profile(time_zone="Europe/Lisbon"))
    assert window.version == wording.current().version


def test_every_choice_can_be_left_unsaid_and_an_emptied_one_counts_as_that() -> None:
    view = shown(windows.details("Amina", FULL))
    selects = [b["element"] for b in view["blocks"] if b.get("element", {}).get("type") == "static_select"]
    assert len(selects) == 7
    assert all(select["options"][0]["value"] == "not said" for select in selects)
    empty = view | {"state": {"values": {}}}
    assert windows.read_details(empty, FULL).profile == Profile()


def test_details_come_back_as_they_were_shown() -> None:
    before = Profile(
        "Quayside Surgery", "Ottermouth", age_band=AgeBand.UNDER_40, region=Region.WALES, nation=Nation.WALES,
        languages="English;Welsh", working_days="Mon;Tue",
    )  # fmt: skip
    view = shown(windows.details("Amina", before))
    assert windows.read_details(back(view), before) == windows.Details("Amina", before)


@pytest.mark.parametrize("given", [frozenset(), frozenset({Scope.QUOTE, Scope.RECORD}), frozenset(Scope)])
def test_the_permissions_window_shows_how_things_stand_and_knows_when_they_moved_on(given: frozenset[Scope]) -> None:
    view = back(shown(windows.permissions(given)))
    assert windows.read_permissions(view) == given
    assert windows.read_shown(view).was(given)
    assert not windows.read_shown(view).was(given ^ {Scope.SHARE})


def test_home_says_of_every_permission_how_it_stands_and_since_when() -> None:
    standing = {Scope.RECORD: STANDING[Scope.RECORD], Scope.QUOTE: STANDING[Scope.QUOTE]}
    text = words_of(views.home(member(), standing, []).blocks)
    assert "*Record what I say* · yes, since 2 March 2026" in text
    assert "Quote a line of it · no, taken back on 2 March 2026" in text
    assert "Share it without my name · no\n" in text


def test_what_a_member_wrote_is_shown_as_words_and_never_as_markup() -> None:
    blocks = views.home(member(), {}, []).blocks
    mrkdwn = [text for block in blocks if block.type == "section" for text in texts(block.to_dict())]
    assert not any("<!channel>" in text for text in mrkdwn)
    assert "Ottermouth-on-the-Marsh & <!channel>" in words_of([block for block in blocks if block.type == "rich_text"])


def test_without_recording_the_bot_says_what_it_can_do_all_the_same() -> None:
    nothing, only_record = views.just_text(()).text, views.just_text({Scope.RECORD}).text
    assert "Record what I say; Turn it into text" in nothing
    assert "Record what I say" not in only_record and "Turn it into text" in only_record
    assert "stories" in nothing
    assert "voice note" in views.just_text({Scope.RECORD, Scope.TRANSCRIBE}).text


@pytest.mark.parametrize(
    ("name", "called"),
    [("Amina Okafor", "Amina"), ("Dr. Amina Okafor", "Amina"), ("Prof Dame Zoë Brandt", "Zoë"), ("dr", ""), ("", "")],
)
def test_people_are_called_by_their_first_name(name: str, called: str) -> None:
    assert views.first_name(name) == called


def test_dates_are_those_of_the_members_own_calendar() -> None:
    late = datetime.fromisoformat("2026-03-04T23:30:00+00:00")
    assert views.day(late, "Europe/London") == "4 March 2026"
    assert views.day(late, "Asia/Kolkata") == "5 March 2026"
