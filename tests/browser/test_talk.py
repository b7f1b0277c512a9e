"""Talking on the page: threads, reactions, second thoughts, links, drafts, commands, mentions, files."""

import re

import pytest
from playwright.sync_api import Locator, expect

from bot.sandbox.driver import Room
from bot.sandbox.workspace.state import Message
from tests.browser.conftest import Opens
from tests.browser.window import Window
from tests.browser.workshop import Workshop
from tests.conversations.clips import spoken


@pytest.fixture
def amina(workshop: Workshop, visits: Opens, room: Room) -> Window:
    """Amina, in a channel where Ben has said something."""
    workshop.ben.says("How was your week?", channel=room.name)
    window = visits(workshop.amina, at=room.id)
    window.sees("How was your week?")
    return window


def row(window: Window, words: str) -> Locator:
    """The message in the conversation (not in the thread) that has these words, once it has arrived."""
    return window.page.locator("main .row:not([data-pending])").filter(has_text=words).last


def composer(window: Window) -> Locator:
    return window.page.get_by_role("combobox", name=re.compile("Message"))


def said(room: Room) -> list[Message]:
    """Everything said in the channel, as the workspace keeps it."""
    return list(room.channel.messages.values())


def does(window: Window, words: str, what: str) -> None:
    """Chooses something from a message's menu of more actions."""
    row(window, words).hover()
    window.presses("More actions", row(window, words))
    window.page.get_by_role("menuitem", name=what).click()


def test_a_thread_is_opened_answered_and_also_sent_to_the_channel(
    workshop: Workshop, amina: Window, room: Room
) -> None:
    row(amina, "How was your week?").hover()
    amina.presses("Reply in thread")
    thread = amina.page.get_by_role("complementary", name="Thread")
    reply = thread.get_by_role("combobox", name="Reply")
    expect(reply).to_be_focused()
    reply.fill("Long")
    reply.press("Enter")
    expect(thread.get_by_role("article").filter(has_text="Long")).to_be_visible()
    expect(row(amina, "How was your week?").get_by_text("1 reply")).to_be_visible()
    expect(amina.page.locator("main .row").filter(has_text="Long")).to_have_count(0)
    thread.get_by_label(f"Also send to #{room.name}").check()
    reply.fill("and good")
    reply.press("Enter")
    expect(row(amina, "and good")).to_contain_text("replied to a thread")
    expect(thread.get_by_text("Also sent to the conversation")).to_be_visible()
    expect(row(amina, "How was your week?").get_by_text("2 replies")).to_be_visible()
    amina.page.keyboard.press("Escape")
    expect(thread).to_be_hidden()
    row(amina, "How was your week?").get_by_role("link", name=re.compile("2 replies")).click()
    expect(thread.get_by_text("Long")).to_be_visible()
    assert [message.is_in_channel for message in said(room)] == [True, False, True]


def test_reactions_come_are_joined_and_go(workshop: Workshop, amina: Window, room: Room) -> None:
    message = row(amina, "How was your week?")
    message.hover()
    amina.presses("React with eyes", message)
    mine = message.get_by_role("button", name=re.compile("^eyes, 1: you"))
    expect(mine).to_have_attribute("aria-pressed", "true")
    workshop.ben.reacts(room.messages[0], "eyes")
    both = message.get_by_role("button", name=re.compile("^eyes, 2: you, Ben Achterberg"))
    both.click()
    expect(message.get_by_role("button", name=re.compile("^eyes, 1: Ben Achterberg"))).to_be_visible()
    message.get_by_role("button", name="Add a reaction").click()
    amina.page.get_by_label("Search emoji").fill("party")
    amina.page.get_by_role("button", name="partying face").click()
    expect(message.get_by_role("button", name=re.compile("^partying face, 1: you"))).to_be_visible()


def test_an_own_message_is_edited_in_its_place(amina: Window, room: Room) -> None:
    amina.writes("A bissy week", "room")
    does(amina, "A bissy week", "Edit message")
    field = amina.page.get_by_role("textbox", name="Edit message")
    field.fill("A busy <b>week</b>")
    field.press("Enter")
    edited = row(amina, "A busy <b>week</b>")
    expect(edited).to_contain_text("(edited)")
    composer(amina).press("ArrowUp")
    expect(field).to_have_value("A busy <b>week</b>")
    field.fill("never mind")
    field.press("Escape")
    expect(row(amina, "A busy <b>week</b>")).to_be_visible()
    row(amina, "How was your week?").hover()
    amina.presses("More actions")
    expect(amina.page.get_by_role("menuitem", name="Edit message")).to_have_count(0)


def test_an_own_message_is_deleted_after_asking(amina: Window, room: Room) -> None:
    amina.writes("Forget this", "room")
    amina.sees("Forget this")
    question = amina.page.get_by_role("alertdialog", name="Delete message")
    does(amina, "Forget this", "Delete message")
    question.get_by_role("button", name="Cancel").click()
    amina.sees("Forget this")
    does(amina, "Forget this", "Delete message")
    question.get_by_role("button", name="Delete").click()
    amina.no_longer_sees("Forget this")
    assert [message.text for message in said(room)] == ["How was your week?"]


def test_a_link_to_a_message_opens_at_it_and_marks_it(workshop: Workshop, visits: Opens, room: Room) -> None:
    for number in range(40):
        workshop.ben.says(f"Number {number}", channel=room.name)
    amina = visits(workshop.amina, at=room.id)
    amina.context.grant_permissions(["clipboard-read", "clipboard-write"])
    row(amina, "Number 39").hover()
    amina.presses("Copy link")
    copied = amina.page.evaluate("navigator.clipboard.readText()")
    third = room.messages[3]
    link = copied.replace(room.messages[39].ts.replace(".", ""), third.ts.replace(".", ""))
    assert link != copied
    amina.page.goto(f"{link}?as={workshop.amina.id}")
    marked = amina.page.locator(f"[data-ts='{third.ts}']")
    expect(marked).to_be_in_viewport()
    expect(marked).to_be_focused()
    expect(marked).to_have_class(re.compile("found"))
    amina.page.goto(link)
    amina.page.get_by_role("link", name="Amina Okafor").click()
    expect(marked).to_be_focused()


def test_what_is_begun_in_one_conversation_waits_there(workshop: Workshop, amina: Window, room: Room) -> None:
    composer(amina).fill("half a thought")
    amina.goes_to("Listening Bot")
    expect(composer(amina)).to_have_value("")
    composer(amina).fill("and another")
    amina.goes_to(room.name)
    expect(composer(amina)).to_have_value("half a thought")
    amina.page.reload()
    expect(composer(amina)).to_have_value("half a thought")
    amina.page.go_back()
    expect(composer(amina)).to_have_value("and another")


def test_shift_and_enter_begin_a_new_line(amina: Window, room: Room) -> None:
    composer(amina).press_sequentially("one")
    composer(amina).press("Shift+Enter")
    composer(amina).press_sequentially("two")
    composer(amina).press("Enter")
    expect(row(amina, "one")).to_contain_text("two")
    expect(composer(amina)).to_have_value("")
    assert said(room)[-1].text == "one\ntwo"


def test_commands_are_offered_while_one_types_and_answered_for_oneself_alone(
    workshop: Workshop, visits: Opens, amina: Window, room: Room
) -> None:
    ben = visits(workshop.ben, at=room.id)
    composer(amina).press_sequentially("/")
    offered = amina.page.get_by_role("listbox", name="Suggestions").get_by_role("option")
    expect(offered).to_have_count(2)
    expect(offered.first).to_contain_text("form | stack | growing")
    composer(amina).press("ArrowDown")
    expect(offered.last).to_have_attribute("aria-selected", "true")
    composer(amina).press("ArrowUp")
    composer(amina).press("Tab")
    expect(composer(amina)).to_have_value("/workshop ")
    composer(amina).press_sequentially("tea")
    composer(amina).press("Enter")
    answer = row(amina, "You asked for “tea”.")
    expect(answer).to_contain_text("Only visible to you")
    amina.writes("after the tea", "room")
    ben.sees("after the tea")
    ben.no_longer_sees("You asked for")
    answer.get_by_role("button", name="Dismiss").click()
    amina.no_longer_sees("You asked for")


def test_a_command_that_nobody_answers_is_told_kindly(amina: Window) -> None:
    amina.writes("/silence", "room")
    amina.sees("/silence didn't work: The app didn't answer in time")
    amina.writes("/nonsense", "room")
    amina.sees("/nonsense isn't a command here")


def test_somebody_is_mentioned_by_picking_them(workshop: Workshop, visits: Opens, amina: Window, room: Room) -> None:
    composer(amina).press_sequentially("Ask @ach")
    amina.page.get_by_role("option", name=re.compile("Ben Achterberg")).click()
    expect(composer(amina)).to_have_value("Ask @Ben Achterberg ")
    composer(amina).press_sequentially("or @nobody")
    composer(amina).press("Enter")
    expect(row(amina, "or @nobody").locator(".mention")).to_have_text("@Ben Achterberg")
    assert said(room)[-1].text == f"Ask <@{workshop.ben.id}> or @nobody"
    ben = visits(workshop.ben, at=room.id)
    expect(row(ben, "or @nobody").locator(".mention-me")).to_have_text("@Ben Achterberg")


def test_a_file_is_chosen_sent_with_words_downloaded_and_deleted(amina: Window, room: Room) -> None:
    with amina.page.expect_file_chooser() as chooser:
        amina.presses("Attach, record or run a shortcut")
        amina.page.get_by_role("menuitem", name="Attach a file").click()
    chooser.value.set_files({"name": "notes.txt", "mimeType": "text/plain", "buffer": b"what was said"})
    expect(amina.page.get_by_role("list", name="Files to send")).to_contain_text("notes.txt")
    amina.writes("Here they are", "room")
    card = row(amina, "Here they are").locator(".file")
    with amina.page.expect_download() as download:
        card.get_by_role("link", name="Download notes.txt").click()
    assert (download.value.suggested_filename, download.value.path().read_bytes()) == ("notes.txt", b"what was said")
    amina.presses("More about notes.txt")
    amina.page.get_by_role("menuitem", name="Delete file").click()
    amina.page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(row(amina, "Here they are")).to_contain_text("This file was deleted.")
    assert room.messages[-1].files[0].deleted


def test_a_file_is_dropped_or_thought_better_of(amina: Window, room: Room) -> None:
    for name in ("stays.txt", "goes.txt"):
        carried = amina.page.evaluate_handle(
            "name => { const data = new DataTransfer(); data.items.add(new File(['hi'], name)); return data; }", name
        )
        amina.page.locator("main .composer").dispatch_event("drop", {"dataTransfer": carried})
    staged = amina.page.get_by_role("list", name="Files to send")
    expect(staged.get_by_role("listitem")).to_have_count(2)
    staged.get_by_role("button", name="Don't send stays.txt").click()
    amina.presses("Send now")
    expect(amina.page.locator("main .file")).to_contain_text("goes.txt")
    assert [file.name for message in room.messages for file in message.files] == ["goes.txt"]


def test_a_picture_is_shown_and_a_recording_plays_from_where_one_presses(
    workshop: Workshop, amina: Window, room: Room
) -> None:
    workshop.picture(room)
    expect(amina.page.get_by_role("img", name="hill.png")).to_have_js_property("naturalWidth", 1)
    workshop.ben.sends_voice(spoken(), mimetype="audio/ogg", name="clip.ogg", channel=room.name)
    player = amina.page.get_by_role("group", name="Voice clip")
    expect(player.locator(".player-time")).to_have_text(re.compile(r"0:0[3-6]"))
    asked: list[str] = []
    amina.page.on("request", lambda request: asked.append(request.headers.get("range", "")))
    with amina.page.expect_response(lambda response: "/page/file/" in response.url) as first:
        player.get_by_role("button", name="Play").click()
    assert first.value.status == 206
    position = player.get_by_role("slider", name="Position")
    expect(position).not_to_have_value("0")
    player.get_by_role("button", name="Pause").click()
    position.fill("800")
    expect(position).to_have_attribute("aria-valuetext", re.compile(r"^0:0[2-5] of"))
    player.get_by_role("button", name="Play").click()
    expect(player.get_by_role("button", name="Play")).to_be_visible()  # it has come to its end
    player.get_by_role("button", name=re.compile("Speed")).click()
    expect(player.get_by_role("button", name="Speed: 1.2×")).to_be_visible()
    assert any(re.fullmatch(r"bytes=\d+-\d*", one) for one in asked)
