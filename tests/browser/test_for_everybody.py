"""The page for everybody: what axe-core finds wrong (nothing), in light and in dark, and on a phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.access import barriers, small_targets
from tests.browser.conftest import Opens
from tests.browser.showcase import to_choose, to_press, to_read
from tests.browser.window import Window
from tests.browser.workshop import Workshop

TABS = ["Time", "Trouble", "Traffic", "People"]
both = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


@pytest.fixture(scope="module", autouse=True)
def said(workshop: Workshop) -> str:
    """Something of every kind stands in the channel, and below it a thread. Gives the thread's ts."""
    workshop.posts([*to_read(workshop.amina.id, workshop.room.id, workshop.picture(workshop.room)), *to_press()])
    workshop.posts(to_choose(workshop.amina.id))
    head = workshop.ben.says("Shall we talk about the rota?", channel="workshop")
    workshop.amina.says("Gladly.", channel="workshop", thread=head)
    workshop.amina.reacts(head, "wave")
    return head.ts


def test_the_door_keeps_nobody_out(visits: Opens) -> None:
    for dark in (False, True):
        door = visits(None, dark=dark)
        expect(door.page.get_by_role("link", name="Amina Okafor")).to_be_visible()
        assert barriers(door) == []


@both
def test_a_channel_with_blocks_of_every_kind_its_menus_and_a_thread(
    workshop: Workshop, visits: Opens, dark: bool, said: str
) -> None:
    amina = visits(workshop.amina, dark=dark, at=workshop.room.id, thread=said)
    expect(amina.page.get_by_role("complementary", name="Thread").get_by_text("Gladly.")).to_be_visible()
    amina.page.set_viewport_size({"width": 1280, "height": 2400})  # or what is scrolled away isn't looked at
    amina.sees("A heading")
    choice = amina.page.locator("[data-action=multi]").get_by_role("combobox").first
    choice.click()
    amina.page.get_by_role("option", name="Brampton").click()
    expect(amina.page.get_by_role("button", name="Remove Brampton")).to_be_visible()
    assert barriers(amina, "[popover]", colours_only=dark) == []
    choice.press("Escape")
    assert barriers(amina, "[data-action=multi]", colours_only=dark) == []
    amina.sees("Shall we talk").hover()
    amina.presses("Find another reaction")
    assert barriers(amina, "[popover]", colours_only=dark) == []


@both
def test_a_form_with_errors(workshop: Workshop, visits: Opens, dark: bool) -> None:
    amina = visits(workshop.amina, dark=dark, at=workshop.room.id)
    amina.writes("/workshop form", "workshop")
    amina.presses("Send", amina.modal)
    amina.sees("Please complete this required field.")
    assert barriers(amina, "#modals", colours_only=dark) == []
    amina.leaves_the_modal()


@both
def test_the_apps_home_and_the_toolbox(workshop: Workshop, visits: Opens, dark: bool) -> None:
    amina = visits(workshop.amina, dark=dark, at="app", tab="home")
    amina.sees("Counted")
    assert barriers(amina, colours_only=dark) == []
    amina.page.keyboard.press("Control+.")
    toolbox = amina.page.get_by_role("complementary", name="Toolbox")
    for tab in TABS:
        toolbox.get_by_role("tab", name=tab).click()
        if tab == "Traffic":
            toolbox.get_by_text("chat.postMessage").last.click()
            expect(toolbox.get_by_text("Answered", exact=True)).to_be_visible()
        assert barriers(amina, "aside.toolbox", colours_only=dark) == []


@both
def test_the_recorder_and_the_tour(toured: Opens, dark: bool) -> None:
    amina = toured(dark=dark)
    amina.sees("Look at thing 1.")
    assert barriers(amina, "#guide", colours_only=dark) == []
    amina.presses("Record a voice clip")
    expect(amina.page.get_by_role("timer")).to_have_text("0:01")
    assert barriers(amina, ".composer", colours_only=dark) == []
    amina.presses("Stop")
    expect(amina.page.get_by_role("button", name="Send clip")).to_be_visible()
    assert barriers(amina, ".composer", colours_only=dark) == []


def test_a_phone_has_list_conversation_and_thread_as_screens_of_their_own(
    workshop: Workshop, visits: Opens, said: str
) -> None:
    amina = visits(workshop.amina, phone=True)
    fits_a_thumb(amina)
    amina.goes_to("workshop")
    amina.sees("Shall we talk about the rota?")
    expect(amina.page.get_by_role("navigation", name="Conversations")).to_be_hidden()
    fits_a_thumb(amina)
    amina.sees("A heading").scroll_into_view_if_needed()
    fits_a_thumb(amina)
    amina.page.locator(f"[data-ts='{said}'] .replies").click()
    expect(amina.page.get_by_role("complementary", name="Thread").get_by_text("Gladly.")).to_be_visible()
    fits_a_thumb(amina)
    amina.presses("Close thread")
    amina.presses("Back to the list")
    expect(amina.page.get_by_role("navigation", name="Conversations")).to_be_visible()
    amina.page.go_back()
    amina.sees("Shall we talk about the rota?")


def test_a_phone_shows_home_and_forms_whole(workshop: Workshop, visits: Opens) -> None:
    amina = visits(workshop.amina, phone=True, at="app", tab="home")
    amina.sees("Counted")
    fits_a_thumb(amina)
    amina.page.get_by_role("tab", name="Messages").click()
    amina.writes("/workshop form", "Listening Bot")
    amina.presses("Send", amina.modal)
    amina.sees("Please complete this required field.")
    fits_a_thumb(amina)
    amina.leaves_the_modal()


def test_a_phone_shows_the_toolbox_and_the_recorder(workshop: Workshop, visits: Opens) -> None:
    amina = visits(workshop.amina, phone=True)
    amina.presses("Toolbox")
    toolbox = amina.page.get_by_role("complementary", name="Toolbox")
    for tab in TABS:
        toolbox.get_by_role("tab", name=tab).click()
        fits_a_thumb(amina)
    amina.presses("Close the toolbox")
    expect(toolbox).to_be_hidden()
    amina.goes_to("workshop")
    amina.presses("Record a voice clip")
    expect(amina.page.get_by_role("timer")).to_have_text("0:01")
    fits_a_thumb(amina)
    amina.presses("Throw the recording away")


def test_a_phone_shows_the_tour_beside_what_it_speaks_of(toured: Opens) -> None:
    amina = toured(phone=True, at="app")
    amina.presses("Unfold the tour")
    amina.sees("Look at thing 1.")
    fits_a_thumb(amina)
    amina.writes("hello, with the tour open", "Listening Bot")
    amina.sees("hello, with the tour open")


def fits_a_thumb(window: Window) -> None:
    """Nothing is too wide for the screen, and everything large enough to press."""
    assert window.fits()
    small = small_targets(window)
    assert not small, "\n".join(small)
