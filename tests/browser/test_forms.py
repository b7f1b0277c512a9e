"""Modals and the app's Home: filled in, complained about, changed while somebody types, stacked and closed."""

import re

import pytest
from playwright.sync_api import Locator, expect

from bot.sandbox.driver import Room
from tests.browser.conftest import Opens
from tests.browser.window import Window
from tests.browser.workbench import growing
from tests.browser.workshop import Workshop


@pytest.fixture
def amina(workshop: Workshop, visits: Opens, room: Room) -> Window:
    """Amina, in a quiet channel."""
    return visits(workshop.amina, at=room.id)


def opens_form(window: Window, name: str) -> Locator:
    """Runs the command that opens a window of the workshop."""
    window.writes(f"/workshop {name}", "room")
    return window.modal


def field(form: Locator, label: str) -> Locator:
    return form.get_by_label(re.compile(rf"^{label}( \(optional\))?$"))


def test_errors_stand_under_their_fields_and_are_read_with_them(workshop: Workshop, amina: Window) -> None:
    form = opens_form(amina, "form")
    name = field(form, "Name")
    expect(name).to_be_focused()
    amina.presses("Send", form)
    expect(name).to_have_accessible_description("As you are called Please complete this required field.")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_be_focused()
    assert workshop.heard_of("form") == 0
    name.fill("Nobody")
    expect(name).not_to_have_attribute("aria-invalid", "true")
    amina.presses("Send", form)
    expect(name).to_have_accessible_description(re.compile("Nobody can't send this."))
    expect(form.get_by_text("Not on that day.")).to_be_visible()
    expect(name).to_be_focused()
    name.fill("Amina")
    amina.submits()
    sent = workshop.hears("form", lambda payload: payload["type"] == "view_submission")
    assert sent["view"]["state"]["values"]["b_name"]["name"]["value"] == "Amina"


def test_the_form_itself_knows_lengths_addresses_and_numbers(workshop: Workshop, amina: Window) -> None:
    form = opens_form(amina, "form")
    field(form, "Name").fill("A")
    story = form.get_by_label("Story")
    story.press_sequentially("twenty letters and a few")
    expect(story).to_have_value("twenty letters and a")
    expect(form.get_by_text("20 / 20")).to_be_visible()
    form.get_by_label("Mail").fill("nowhere")
    form.get_by_label("Address").fill("javascript:alert(1)")
    form.get_by_label("Count").fill("ten")
    amina.presses("Send", form)
    for complaint in ("at least 2 characters", "an email address", "begins with https://", "give a number"):
        expect(form.get_by_text(complaint)).to_be_visible()
    form.get_by_label("Count").fill("10")
    amina.presses("Send", form)
    expect(form.get_by_text("at most 9")).to_be_visible()


def test_everything_that_can_be_filled_in_reaches_the_app(workshop: Workshop, amina: Window) -> None:
    form = opens_form(amina, "form")
    typed = {"Name": "Amina", "Story": "one\ntwo", "Mail": "a@example.org", "Address": "https://example.org"}
    typed |= {"Count": "7", "Rich": "words", "Day": "2026-03-09", "Hour": "08:15", "Moment": "2026-03-09T10:00"}
    for label, words in typed.items():
        field(form, label).fill(words)
    picked = {"Town": ["Dalton"], "Towns": ["Alston", "Carlisle"], "Colleague": ["Ben"], "Colleagues": ["Amina", "Ben"]}
    for label, choices in picked.items():
        box = field(form, label)
        box.click()
        for choice in choices:
            amina.page.get_by_role("option", name=re.compile(f"^{choice}")).click()
        if len(choices) > 1:
            box.press("Escape")
        expect(amina.page.get_by_role("option")).to_have_count(0)
    form.get_by_role("radio", name="Brampton").check()
    form.get_by_role("checkbox", name="Carlisle").check()
    amina.submits()
    sent = workshop.hears(
        "form", lambda payload: payload["view"]["state"]["values"]["b_count"]["count"]["value"] == "7"
    )
    values = {
        block[2:]: entry for block, entries in sent["view"]["state"]["values"].items() for entry in entries.values()
    }
    assert [values[one]["value"] for one in ("name", "story", "mail", "address")] == [
        "Amina",
        "one\ntwo",
        "a@example.org",
        "https://example.org",
    ]
    assert values["town"]["selected_option"]["value"] == "dalton"
    assert [option["value"] for option in values["towns"]["selected_options"]] == ["alston", "carlisle"]
    assert values["colleague"]["selected_user"] == workshop.ben.id
    assert values["colleagues"]["selected_users"] == [workshop.amina.id, workshop.ben.id]
    assert (values["one"]["selected_option"]["value"], values["any"]["selected_options"][0]["value"]) == (
        "brampton",
        "carlisle",
    )
    assert (values["day"]["selected_date"], values["hour"]["selected_time"]) == ("2026-03-09", "08:15")
    assert values["moment"]["selected_date_time"] == 1773050400
    assert values["rich"]["rich_text_value"]["elements"][0]["elements"][0]["text"] == "words"


def test_a_window_that_changes_keeps_what_is_being_typed(workshop: Workshop, amina: Window) -> None:
    form = opens_form(amina, "growing")
    note = field(form, "Note")
    note.fill("half a thou")
    amina.presses("Another line", form)
    expect(form.get_by_text("Line 1")).to_be_visible()
    expect(note).to_have_value("half a thou")
    note.focus()
    view = workshop.sandbox.workspace.modals[workshop.amina.id][-1]
    workshop.client.views_update(view_id=view.id, view=growing(3))
    expect(form.get_by_text("Line 3")).to_be_visible()
    expect(note).to_be_focused()
    note.press_sequentially("ght")
    expect(note).to_have_value("half a thought")
    amina.presses("Send", form)
    expect(form.get_by_text("Kept: half a thought")).to_be_visible()
    expect(form.get_by_role("button", name="Send")).to_be_hidden()
    amina.leaves_the_modal()


def test_windows_stack_up_and_each_keeps_what_was_typed_in_it(workshop: Workshop, amina: Window) -> None:
    form = opens_form(amina, "stack")
    form.get_by_label("Word").fill("first")
    amina.presses("Deeper", form)
    expect(amina.page.get_by_role("dialog", name="Floor 2")).to_be_visible()
    amina.presses("Deeper")
    third = amina.page.get_by_role("dialog", name="Floor 3")
    expect(third).to_be_visible()
    amina.presses("Back", third)
    second = amina.page.get_by_role("dialog", name="Floor 2")
    expect(second).to_be_visible()
    workshop.hears("stacked", lambda payload: payload["type"] == "view_closed")
    amina.presses("Send", second)
    first = amina.page.get_by_role("dialog", name="Floor 1")
    expect(first.get_by_label("Word")).to_have_value("first")
    first.get_by_label("Word").fill("out")
    amina.submits()


def test_leaving_a_window_asks_only_if_something_would_be_lost(workshop: Workshop, amina: Window) -> None:
    form = opens_form(amina, "growing")
    amina.leaves_the_modal()
    expect(amina.page.get_by_role("combobox", name=re.compile("Message"))).to_be_focused()
    opens_form(amina, "growing")
    field(form, "Note").fill("not to be lost")
    amina.page.keyboard.press("Escape")
    question = amina.page.get_by_role("alertdialog")
    question.get_by_role("button", name="Stay").click()
    expect(field(form, "Note")).to_have_value("not to be lost")
    amina.presses("Close", form)
    question.get_by_role("button", name="Leave").click()
    expect(form).to_have_count(0)
    expect(amina.page.get_by_role("combobox", name=re.compile("Message"))).to_be_focused()


def test_tab_stays_in_the_window(amina: Window) -> None:
    form = opens_form(amina, "growing")
    for _ in range(8):
        amina.page.keyboard.press("Tab")
        assert form.evaluate("form => form.contains(document.activeElement)")
    amina.leaves_the_modal()


def test_a_shortcut_opens_a_window_and_one_of_a_message_brings_the_message(
    workshop: Workshop, amina: Window, room: Room
) -> None:
    said = workshop.ben.says("worth keeping", channel=room.name)
    amina.presses("Attach, record or run a shortcut")
    amina.page.get_by_role("menuitem", name="Tell a story").click()
    expect(amina.page.get_by_role("dialog", name="Growing")).to_be_visible()
    amina.leaves_the_modal()
    amina.sees("worth keeping").hover()
    amina.presses("More actions")
    amina.page.get_by_role("menuitem", name="Keep this").click()
    assert workshop.hears("keep")["message"]["ts"] == said.ts


def test_home_is_made_when_it_is_opened_and_changes_as_it_is_used(workshop: Workshop, visits: Opens) -> None:
    amina, beside = (visits(workshop.amina, at="app", tab="home") for _ in range(2))
    amina.sees("Counted 0 times")
    diary = amina.page.get_by_label("Diary")
    diary.fill("dear di")
    beside.presses("Count")
    amina.sees("Counted 1 times")
    expect(diary).to_have_value("dear di")
    expect(diary).to_be_focused()
    diary.press_sequentially("ary")
    diary.press("Enter")
    workshop.chosen("diary", "value", "dear diary")
    amina.page.get_by_role("tab", name="Home").focus()
    amina.page.keyboard.press("ArrowRight")
    expect(amina.page.get_by_role("tab", name="Messages")).to_be_focused()
    amina.page.keyboard.press("ArrowLeft")
    expect(diary).to_have_value("dear diary")


def test_an_app_that_has_gone_away_is_told_in_the_window(workshop: Workshop, amina: Window) -> None:
    form = opens_form(amina, "growing")
    field(form, "Note").fill("still here")
    workshop.sandbox.faults.drop_at_next_envelope()
    amina.presses("Send", form)
    expect(form.get_by_role("alert")).to_contain_text("The app")
    expect(field(form, "Note")).to_have_value("still here")
    workshop.sandbox.wait_connected()
    amina.presses("Send", form)
    expect(form.get_by_text("Kept: still here")).to_be_visible()
    amina.leaves_the_modal()
