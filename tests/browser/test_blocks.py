"""Block Kit on the page: every block is shown, every element works, and the app receives what was picked."""

import re

import pytest
from playwright.sync_api import Locator, expect

from bot.sandbox.driver import Room
from tests.browser.conftest import Opens
from tests.browser.showcase import hostile, to_choose, to_press, to_read
from tests.browser.window import Window
from tests.browser.workshop import Workshop

INLINE_HANDLERS = """[...document.querySelectorAll("*")]
  .filter((one) => [...one.attributes].some(({name}) => name.startsWith("on"))).length"""


def part(window: Window, action_id: str) -> Locator:
    """An element of the message, by its action_id."""
    return window.page.locator(f"[data-action='{action_id}']").last


def picks(window: Window, action_id: str, *labels: str) -> None:
    """Opens a select, and chooses with the mouse."""
    box = part(window, action_id).get_by_role("combobox")
    box.click()
    for label in labels:
        window.page.get_by_role("option", name=re.compile(f"^{label}")).click()


def test_every_block_is_shown_as_what_it_is(workshop: Workshop, visits: Opens, room: Room) -> None:
    workshop.posts(to_read(workshop.ben.id, room.id, workshop.picture(room)), room=room)
    amina = visits(workshop.amina, at=room.id)
    message = amina.page.get_by_role("article").filter(has_text="A heading")
    expect(message.get_by_role("heading", name="A heading")).to_be_visible()
    for tag, words in {"strong": "strong", "em": "slanted", "s": "gone", "code": "code", "time": "2026-03-02"}.items():
        expect(message.locator(tag, has_text=words).first).to_be_visible()
    expect(message.get_by_role("link", name="a link", exact=True)).to_have_attribute("rel", re.compile("noopener"))
    expect(message.get_by_text("@Ben Achterberg").first).to_be_visible()
    expect(message.get_by_text("Right")).to_be_visible()
    expect(message.get_by_text("said quietly")).to_be_visible()
    for picture in ("small picture", "large picture", "thumbnail"):
        shown = message.get_by_role("img", name=picture)
        shown.scroll_into_view_if_needed()
        expect(shown).to_have_js_property("naturalWidth", 1)
    expect(message.get_by_role("cell", name="12")).to_be_visible()
    expect(message.get_by_role("columnheader", name="Number")).to_be_visible()
    expect(message.get_by_role("heading", name="Third heading")).to_be_visible()
    expect(message.get_by_role("link", name="A film")).to_have_attribute("href", "https://example.org/film")


def test_rich_text_keeps_its_lists_quotes_and_mentions(workshop: Workshop, visits: Opens, room: Room) -> None:
    workshop.posts(to_read(workshop.ben.id, room.id, workshop.picture(room)), room=room)
    amina = visits(workshop.amina, at=room.id)
    rich = amina.page.locator(".block-rich_text").filter(has_text="outer point").last
    expect(rich.locator("strong")).to_have_text("bold ")
    expect(rich.locator("ul > li")).to_have_text("outer point")
    expect(rich.locator("ol > li")).to_have_text("inner point")
    assert rich.locator("ol > li").bounding_box()["x"] > rich.locator("ul > li").bounding_box()["x"]  # type: ignore[index]
    expect(rich.locator("blockquote")).to_have_text("said by somebody")
    expect(rich.locator("pre")).to_have_text("kept  as  it  is")
    expect(rich.get_by_role("img", name="wave")).to_be_visible()
    rich.get_by_role("link", name=f"#{room.name}").click()
    expect(amina.page.get_by_role("heading", name=room.name, level=1)).to_be_visible()


def test_a_picture_that_can_not_be_fetched_says_what_it_would_show(
    workshop: Workshop, visits: Opens, room: Room
) -> None:
    far = {"type": "image", "image_url": "https://nowhere.invalid/hill.png", "alt_text": "a hill far away"}
    workshop.posts([far], room=room)
    amina = visits(workshop.amina, at=room.id)
    amina.forgives("ERR_NAME_NOT_RESOLVED|ERR_INTERNET_DISCONNECTED|ERR_PROXY|ERR_TUNNEL")
    expect(amina.page.get_by_role("link", name="a hill far away")).to_be_visible()


def test_buttons_tell_the_app_and_ask_first_where_they_should(workshop: Workshop, visits: Opens, room: Room) -> None:
    ts = workshop.posts(to_press(), room=room)
    amina = visits(workshop.amina, at=room.id)
    amina.presses("Plain")
    told = workshop.hears("plain")
    assert (told["actions"][0]["value"], told["message"]["ts"], told["user"]["id"]) == ("kept", ts, workshop.amina.id)
    amina.presses("Bad")
    question = amina.page.get_by_role("alertdialog", name="Are you sure?")
    expect(question).to_contain_text("It can't be undone.")
    question.get_by_role("button", name="Leave it").click()
    expect(question).to_have_count(0)
    amina.presses("Good")
    workshop.hears("primary")
    assert workshop.heard_of("danger") == 0
    amina.presses("Bad")
    question.get_by_role("button", name="Do it").click()
    workshop.hears("danger")


def test_a_menu_of_three_dots_and_a_button_that_leads_away(workshop: Workshop, visits: Opens, room: Room) -> None:
    workshop.posts(to_press(), room=room)
    amina = visits(workshop.amina, at=room.id)
    part(amina, "more").get_by_role("button").press("Enter")
    amina.page.keyboard.press("ArrowDown")
    amina.page.keyboard.press("Enter")
    workshop.hears("more", lambda payload: payload["actions"][0]["selected_option"]["value"] == "leave")
    amina.context.route("https://example.org/**", lambda route: route.fulfill(body="away"))
    with amina.page.expect_popup() as opened:
        part(amina, "away").get_by_role("link").click()
    expect(opened.value).to_have_url("https://example.org/away")
    workshop.hears("away")


def test_a_button_that_nobody_acknowledges_is_told_beside_it(workshop: Workshop, visits: Opens, room: Room) -> None:
    workshop.posts(to_press(), room=room)
    amina = visits(workshop.amina, at=room.id)
    silent = part(amina, "silent")
    silent.get_by_role("button").click()
    expect(silent.get_by_role("button")).to_have_attribute("aria-busy", "true")
    expect(silent.get_by_role("alert")).to_contain_text("didn't answer in time")
    expect(silent.get_by_role("button")).to_have_attribute("aria-busy", "false")
    part(amina, "plain").get_by_role("button").click()
    expect(part(amina, "plain").get_by_role("alert")).to_have_count(0)


@pytest.fixture
def chooser(workshop: Workshop, visits: Opens, room: Room) -> Window:
    """Amina, before a message with everything that can be chosen."""
    workshop.posts(to_choose(workshop.amina.id), room=room)
    return visits(workshop.amina, at=room.id)


def test_a_select_is_searched_by_typing_and_driven_by_keys(workshop: Workshop, chooser: Window) -> None:
    box = part(chooser, "static").get_by_role("combobox")
    box.fill("a")
    expect(chooser.page.get_by_role("option")).to_have_count(4)
    box.fill("egr")
    expect(chooser.page.get_by_role("option")).to_have_text(re.compile("Egremont.*by the sea"))
    box.press("Enter")
    expect(box).to_have_value("Egremont")
    workshop.hears("static", lambda payload: payload["actions"][0]["selected_option"]["value"] == "egremont")
    box = part(chooser, "grouped").get_by_role("combobox")
    box.press("ArrowDown")
    expect(chooser.page.get_by_role("group", name="South")).to_contain_text("Carlisle")
    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("Enter")
    workshop.hears("grouped", lambda payload: payload["actions"][0]["selected_option"]["value"] == "carlisle")
    box.press("ArrowDown")
    box.press("Escape")
    expect(chooser.page.get_by_role("listbox")).to_have_count(0)
    expect(box).to_have_value("Carlisle")


def test_several_choices_stand_as_chips_that_can_be_taken_off(workshop: Workshop, chooser: Window) -> None:
    picks(chooser, "multi", "Alston", "Dalton")
    workshop.hears("multi", lambda payload: len(payload["actions"][0]["selected_options"]) == 2)
    expect(chooser.page.get_by_role("option", name="Brampton")).to_have_attribute("aria-disabled", "true")
    chooser.page.keyboard.press("Escape")
    part(chooser, "multi").get_by_role("button", name="Remove Alston").click()
    workshop.hears(
        "multi", lambda payload: [o["value"] for o in payload["actions"][0]["selected_options"]] == ["dalton"]
    )
    expect(part(chooser, "users").get_by_role("button", name="Remove Amina Okafor")).to_be_visible()
    picks(chooser, "users", "Ben Achterberg")
    workshop.chosen("users", "selected_users", [workshop.amina.id, workshop.ben.id])


def test_people_and_channels_are_chosen_by_their_names(workshop: Workshop, chooser: Window) -> None:
    picks(chooser, "user", "Ben Achterberg")
    workshop.chosen("user", "selected_user", workshop.ben.id)
    picks(chooser, "channel", "workshop")
    workshop.chosen("channel", "selected_channel", workshop.room.id)
    picks(chooser, "conversation", "Listening Bot")
    workshop.chosen("conversation", "selected_conversation", workshop.amina.direct.id)


def test_the_app_offers_options_while_one_types(workshop: Workshop, chooser: Window) -> None:
    box = part(chooser, "external").get_by_role("combobox")
    box.click()
    expect(chooser.page.get_by_text("Type 2 letters to search.")).to_be_visible()
    box.press_sequentially("al")
    expect(chooser.page.get_by_role("option")).to_have_text(["Alston", "Dalton"])
    chooser.page.get_by_role("option", name="Dalton").click()
    workshop.hears("external", lambda payload: payload["actions"][0]["selected_option"]["value"] == "dalton")


def test_boxes_circles_days_and_hours_reach_the_app(workshop: Workshop, chooser: Window) -> None:
    part(chooser, "radio").get_by_role("radio", name="Brampton").check()
    workshop.hears("radio", lambda payload: payload["actions"][0]["selected_option"]["value"] == "brampton")
    boxes = part(chooser, "boxes")
    expect(boxes.get_by_role("checkbox", name="Alston")).to_be_checked()
    boxes.get_by_role("checkbox", name="Carlisle").check()
    workshop.hears("boxes", lambda payload: len(payload["actions"][0]["selected_options"]) == 2)
    for action_id, typed, key, wanted in (
        ("day", "2026-03-09", "selected_date", "2026-03-09"),
        ("hour", "14:45", "selected_time", "14:45"),
        ("moment", "2026-07-01T10:00", "selected_date_time", 1782896400),  # summer time in London
    ):
        part(chooser, action_id).locator("input").fill(typed)
        workshop.chosen(action_id, key, wanted)


def test_hostile_words_stay_words(workshop: Workshop, visits: Opens, room: Room) -> None:
    workshop.posts(hostile(), text="<script>window.__struck=9</script>", room=room)
    workshop.ben.says("<img src=x onerror='window.__struck=6'> &lt;script&gt;", channel=room.name)
    amina = visits(workshop.amina, at=room.id)
    message = amina.page.get_by_role("article").filter(has_text="invoice")
    expect(message.get_by_role("heading")).to_have_text("<img src=x onerror='window.__struck=1'>")
    expect(message.get_by_text("<script>window.__struck=2</script>").first).to_be_visible()
    expect(message.locator("a[href^=javascript], a[href^=data], [onerror], script, img")).to_have_count(0)
    part(amina, "hostile_choice").get_by_role("combobox").click()
    amina.page.get_by_role("option").click()
    workshop.hears("hostile_choice")
    part(amina, "hostile_more").get_by_role("button").click()
    expect(amina.page.get_by_role("menuitem").first).to_have_text("<img src=x onerror='window.__struck=1'>")
    amina.page.keyboard.press("Escape")
    assert amina.page.evaluate("window.__struck") is None


def test_a_word_that_turns_the_writing_round_turns_nothing_else_round(
    workshop: Workshop, visits: Opens, room: Room
) -> None:
    workshop.ben.says("invoice\u202egnp.exe", channel=room.name)
    workshop.ben.says("plainly left to right", channel=room.name)
    amina = visits(workshop.amina, at=room.id)
    row = amina.page.get_by_role("article").filter(has_text="gnp.exe").last
    assert row.locator(".author, .time").last.evaluate("one => getComputedStyle(one).direction") == "ltr"
    name, time = row.locator(".author").bounding_box(), row.locator(".head-time, .time").last.bounding_box()
    assert name and time and name["x"] < time["x"]


def test_the_page_allows_no_code_but_its_own(workshop: Workshop, visits: Opens, room: Room) -> None:
    amina = visits(workshop.amina, at=room.id)
    amina.forgives("Content Security Policy|404")
    policy = amina.page.request.get(amina.page.url).headers["content-security-policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert amina.page.evaluate(INLINE_HANDLERS) == 0
    amina.page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.__struck=7>')")
    amina.page.wait_for_event("console")
    assert amina.page.evaluate("window.__struck") is None
