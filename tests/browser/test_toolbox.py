"""The toolbox: time that moves, trouble that strikes, traffic that can be read, people who come; and the tour."""

import json
import re

import pytest
from playwright.sync_api import Locator, expect

from bot.sandbox.driver import Room
from tests.browser.conftest import Opens
from tests.browser.showcase import button
from tests.browser.window import Window
from tests.browser.workshop import Workshop
from tests.place import eventually


@pytest.fixture
def amina(workshop: Workshop, visits: Opens, room: Room) -> Window:
    return visits(workshop.amina, at=room.id)


def tool(window: Window, tab: str) -> Locator:
    """The toolbox, open at a tab."""
    toolbox = window.page.get_by_role("complementary", name="Toolbox")
    if not toolbox.is_visible():
        window.page.keyboard.press("Control+.")
    toolbox.get_by_role("tab", name=tab).click()
    return toolbox.get_by_role("tabpanel", name=tab)


def test_time_moves_on_for_everybody(workshop: Workshop, visits: Opens, amina: Window, room: Room) -> None:
    ben = visits(workshop.ben, at=room.id)
    amina.writes("said on Monday", "room")
    clock = tool(amina, "Time")
    told = workshop.sandbox.workspace.now()
    expect(clock.get_by_role("timer")).to_contain_text("Monday, 2 March 2026")
    moves = {
        "An hour on": "Monday,? 2 March",
        "To tomorrow, 9:00": "Tuesday,? 3 March",
        "A week on": "Tuesday,? 10 March",
    }
    for move, day in moves.items():
        clock.get_by_role("button", name=move).click()
        expect(clock.get_by_role("status")).to_contain_text(re.compile(f"It is now {day}"))
        expect(clock.get_by_role("timer")).to_contain_text(re.compile(day))
    assert 7 <= (workshop.sandbox.workspace.now() - told).days <= 8
    ben.writes("said a week later", "room")
    days = amina.page.locator("main .day")
    expect(days).to_have_text([re.compile("Monday,? 2 March"), "Today"])
    expect(amina.page.locator("main .row").filter(has_text="said a week later").locator(".time").first).to_have_text(
        "09:00"
    )


def test_a_fault_is_ordered_shown_and_strikes(workshop: Workshop, amina: Window) -> None:
    trouble = tool(amina, "Trouble")
    expect(trouble.get_by_text("Nothing. All goes well.")).to_be_visible()
    trouble.get_by_label("Call", exact=True).fill("views.open")
    trouble.get_by_label("What happens to it").select_option(label="is answered with an error of Slack's own (200)")
    trouble.get_by_role("button", name="Order it").first.click()
    expect(trouble.get_by_role("list", name="Ordered now")).to_contain_text("views.open is answered with an error")
    amina.writes("/workshop growing", "room")
    amina.sees("/workshop didn't work")
    expect(trouble.get_by_text("Nothing. All goes well.")).to_be_visible()
    assert [one.outcome for one in workshop.sandbox.traffic if one.name == "views.open"] == ["fatal_error"]


#: orders of one press, and how the list calls the one that has a name of its own
PRESSES = ("Next file goes early", "Next file comes bare", "Next upload fails", "Tell the next one twice",
           "Tell the next one late", "Cut off mid-sentence", "Hold events back")  # fmt: skip
SHOWN = {"Hold events back": "Events are held back"}


def test_every_fault_can_be_ordered_and_all_called_off(workshop: Workshop, amina: Window) -> None:
    trouble = tool(amina, "Trouble")
    ordered = trouble.get_by_role("list", name="Ordered now")
    for press in PRESSES:
        trouble.get_by_role("button", name=press, exact=True).click()
        expect(ordered).to_contain_text(SHOWN.get(press, press))
    for choice in trouble.get_by_label("What happens to it").locator("option").all_text_contents():
        trouble.get_by_label("What happens to it").select_option(label=choice)
        trouble.get_by_role("button", name="Order it").first.click()
        expect(ordered).to_contain_text(choice)
    for choice in trouble.get_by_label("The next download").locator("option").all_text_contents():
        trouble.get_by_label("The next download").select_option(label=choice)
        trouble.get_by_role("button", name="Order it").last.click()
        expect(ordered).to_contain_text(choice)
    trouble.get_by_role("button", name="Clear all").click()
    expect(ordered).to_have_text("Nothing. All goes well.")
    assert workshop.sandbox.faults.ordered() == []


def test_a_connection_that_is_cut_comes_back(workshop: Workshop, amina: Window) -> None:
    trouble = tool(amina, "Trouble")
    for press in ("Cut the connection", "Ask for a fresh connection"):
        before = set(workshop.connections())
        trouble.get_by_role("button", name=press).click()
        expect(trouble.get_by_role("status").first).to_have_text("Done.")
        eventually(lambda old=before: bool(workshop.connections()) and not old & set(workshop.connections()))
        amina.writes(f"/workshop {press}", "room")
        amina.sees(f"You asked for “{press}”.")


def test_traffic_shows_who_said_what_how_long_it_took_and_the_json(
    workshop: Workshop, amina: Window, room: Room
) -> None:
    workshop.posts([{"type": "actions", "elements": [button("Press me", "pressed", value="hard")]}], room=room)
    traffic = tool(amina, "Traffic")
    amina.presses("Press me")
    lines = traffic.get_by_role("list", name=re.compile("Exchanges")).get_by_role("listitem")
    call, click = lines.filter(has_text="chat.postMessage").last, lines.filter(has_text="Click").last
    for line in (call, click):
        expect(line).to_contain_text(re.compile(r"OK\s*\d+(\.\d)? ms"))
    click.get_by_role("button").first.click()
    asked = json.loads(click.get_by_label("Asked", exact=True).inner_text())
    assert asked["payload"]["actions"][0]["value"] == "hard"
    expect(click.get_by_text("Nothing but the acknowledgement.")).to_be_visible()
    call.get_by_role("button").first.click()
    assert json.loads(call.get_by_label("Answered", exact=True).inner_text())["ok"] is True
    assert workshop.sandbox.bot_token not in amina.page.content()
    traffic.get_by_label("Show").select_option(label="Clicks and windows")
    expect(lines.filter(has_text="chat.postMessage")).to_have_count(0)
    traffic.get_by_label("With").fill("no such thing")
    expect(lines).to_have_count(0)


def test_traffic_can_be_paused_and_shows_what_went_wrong(workshop: Workshop, amina: Window, room: Room) -> None:
    traffic = tool(amina, "Traffic")
    lines = traffic.get_by_role("listitem")
    traffic.get_by_role("button", name="Clear").click()
    traffic.get_by_role("button", name="Pause").click()
    amina.writes("/silence", "room")
    amina.sees("/silence didn't work")
    expect(lines.filter(has_text="/silence")).to_have_count(0)
    traffic.get_by_role("button", name="Go on").click()
    expect(lines.filter(has_text="/silence")).to_contain_text("no answer in time")


def test_somebody_new_comes_and_a_channel_with_them(workshop: Workshop, visits: Opens, amina: Window) -> None:
    people = tool(amina, "People")
    people.get_by_label("Name").first.fill("Nia Newcomer")
    people.get_by_label(re.compile("As a guest")).check()
    people.get_by_role("button", name="Bring in").click()
    expect(people.get_by_text("Nia Newcomer is here now.")).to_be_visible()
    people.get_by_label("Find").fill("nia")
    with amina.page.expect_popup() as opened:
        people.get_by_role("link", name="Be Nia Newcomer in a new tab").click()
    expect(opened.value.get_by_role("button", name=re.compile("Nia Newcomer"))).to_be_visible()
    people.get_by_label("Name").last.fill("New Ideas")
    people.get_by_role("button", name="Make it").click()
    expect(
        amina.page.get_by_role("navigation", name="Conversations").get_by_text("new-ideas", exact=True)
    ).to_be_visible()
    people.get_by_label("Name").last.fill("new-ideas")
    people.get_by_role("button", name="Make it").click()
    expect(people.get_by_text("There is a channel of that name already.")).to_be_visible()


def test_the_tour_has_five_steps_can_be_put_away_and_goes_on_where_it_was(toured: Opens) -> None:
    amina = toured(at="app")
    card = amina.page.get_by_role("complementary", name="Tour")
    for number in range(1, 5):
        expect(card.get_by_role("heading")).to_contain_text(f"{number} of 5")
        expect(card).to_contain_text(f"Look at thing {number}.")
        card.get_by_role("button", name="Next").click()
    expect(card.get_by_role("heading")).to_contain_text("5 of 5")
    card.get_by_role("button", name="Back").click()
    card.get_by_role("button", name="Fold the tour").click()
    expect(card.get_by_text("Look at thing 4.")).to_have_count(0)
    card.get_by_role("button", name="Close the tour").click()
    amina.page.reload()
    expect(amina.page.get_by_role("navigation", name="Conversations")).to_be_visible()
    expect(card).to_be_hidden()
    amina.page.keyboard.press("Control+.")
    amina.presses("Show the tour")
    expect(card).to_contain_text("Look at thing 4.")
    card.get_by_role("button", name="Next").click()
    card.get_by_role("button", name="Finish").click()
    expect(card).to_contain_text("That was the tour.")


def test_a_move_of_the_clock_that_gets_no_answer_says_so(visits: Opens, workshop: Workshop) -> None:
    amina = visits(workshop.amina, at="app")
    amina.page.route("**/page/control", lambda route: route.abort())
    amina.forgives("ERR_FAILED")
    clock = tool(amina, "Time")
    clock.get_by_role("button", name="An hour on").click()
    expect(clock.get_by_role("status")).to_contain_text("can't be reached")
