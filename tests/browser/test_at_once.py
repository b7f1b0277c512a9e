"""Several people, and several tabs of one person, at the same time: what happens is seen everywhere, without reload."""

import re

from playwright.sync_api import Locator, expect

from bot.sandbox.driver import Room
from tests.browser.conftest import Opens
from tests.browser.window import Window
from tests.browser.workshop import Workshop


def row(window: Window, room: Room) -> Locator:
    """The channel's line in the sidebar."""
    return window.page.locator(f"nav [data-channel='{room.id}']")


def composer(window: Window) -> Locator:
    return window.page.get_by_role("combobox", name=re.compile("Message"))


def test_what_one_writes_the_other_reads_at_once(workshop: Workshop, visits: Opens, room: Room) -> None:
    amina, ben = visits(workshop.amina, at=room.id), visits(workshop.ben, at=room.id)
    amina.writes("Good morning, Ben", "room")
    ben.sees("Good morning, Ben")
    ben.writes("Good morning, Amina", "room")
    amina.sees("Good morning, Amina")
    expect(amina.page.locator("#live")).to_contain_text("Ben Achterberg: Good morning, Amina")
    expect(amina.page.get_by_role("article")).to_have_count(2)


def test_unread_is_bold_mentions_are_counted_and_reading_in_one_tab_is_reading_in_all(
    workshop: Workshop, visits: Opens, room: Room
) -> None:
    ben, bens_other = visits(workshop.ben, at="app"), visits(workshop.ben, at="app")
    amina = visits(workshop.amina, at=room.id)
    amina.writes("Is anybody there?", "room")
    for tab in (ben, bens_other):
        expect(row(tab, room)).to_have_accessible_name(f"{room.name}, 1 unread")
        assert row(tab, room).evaluate("one => Number(getComputedStyle(one).fontWeight)") >= 600
    composer(amina).press_sequentially("@ben")
    expect(amina.page.get_by_role("option", name=re.compile("Ben Achterberg"))).to_be_visible()
    composer(amina).press("Enter")
    composer(amina).press_sequentially("hello?")
    composer(amina).press("Enter")
    for tab in (ben, bens_other):
        expect(row(tab, room)).to_have_accessible_name(f"{room.name}, 2 unread, 1 for you")
    expect(row(amina, room)).to_have_accessible_name(room.name)
    ben.goes_to(room.name)
    expect(ben.page.get_by_text("New", exact=True)).to_be_visible()
    for tab in (ben, bens_other):
        expect(row(tab, room)).to_have_accessible_name(room.name)


def test_a_window_of_the_app_opens_and_closes_in_every_tab_of_the_person(
    workshop: Workshop, visits: Opens, room: Room
) -> None:
    amina, other, ben = (visits(one, at=room.id) for one in (workshop.amina, workshop.amina, workshop.ben))
    amina.writes("/workshop growing", "room")
    for tab in (amina, other):
        expect(tab.page.get_by_role("dialog", name="Growing")).to_be_visible()
    expect(ben.page.get_by_role("dialog")).to_have_count(0)
    amina.modal.get_by_label("Note").fill("typed in the first")
    amina.page.keyboard.press("Tab")
    expect(other.modal.get_by_label("Note")).to_have_value("typed in the first")
    other.presses("Send", other.modal)
    for tab in (amina, other):
        expect(tab.page.get_by_text("Kept: typed in the first")).to_be_visible()
    amina.presses("Close", amina.modal)
    for tab in (amina, other):
        expect(tab.page.get_by_role("dialog")).to_have_count(0)


def test_who_is_brought_into_a_channel_sees_it_come_and_who_leaves_sees_it_go(
    workshop: Workshop, visits: Opens
) -> None:
    room = workshop.sandbox.add_channel("behind-doors", workshop.amina, private=True)
    ben = visits(workshop.ben, at="app")
    expect(row(ben, room)).to_have_count(0)
    workshop.sandbox.joins(workshop.ben, "behind-doors")
    expect(row(ben, room)).to_be_visible()
    row(ben, room).click()
    ben.presses("More about this channel")
    ben.page.get_by_role("menuitem", name="Leave channel").click()
    expect(row(ben, room)).to_have_count(0)


def test_a_connection_that_breaks_comes_back_and_nothing_typed_is_lost(
    workshop: Workshop, visits: Opens, room: Room
) -> None:
    said = workshop.ben.says("before the break", channel=room.name)
    amina = visits(workshop.amina, at=room.id, thread=said.ts)
    amina.forgives("ERR_CONNECTION_REFUSED|WebSocket connection")
    composer(amina).fill("half a sentence")
    reply = amina.page.get_by_role("combobox", name="Reply")
    reply.fill("half a reply")
    with workshop.is_down():
        expect(amina.page.get_by_text("Connecting again")).to_be_visible()
        composer(amina).press("Enter")
        expect(amina.page.get_by_text("The sandbox can't be reached just now")).to_be_visible()
        expect(composer(amina)).to_have_value("half a sentence")
    workshop.ben.says("said during the break", channel=room.name)
    amina.sees("said during the break")
    expect(amina.page.get_by_text("Connecting again")).to_be_hidden()
    expect(reply).to_have_value("half a reply")
    composer(amina).press_sequentially(", and the rest")
    composer(amina).press("Enter")
    amina.sees("half a sentence, and the rest")


def test_an_app_that_is_away_is_told_in_the_sidebar(workshop: Workshop, visits: Opens) -> None:
    amina = visits(workshop.amina, at="app")
    away = amina.page.get_by_text("isn't connected just now")
    expect(away).to_have_count(0)
    workshop.leaves()
    expect(away).to_be_visible()
    amina.writes("Are you there?", "Listening Bot")
    amina.sees("Are you there?")
    workshop.comes_back()
    expect(away).to_have_count(0)
