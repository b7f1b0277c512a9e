"""What somebody found who used the page for the first time: nothing that was said, typed or recorded gets lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy

import pytest
from playwright.sync_api import APIResponse, Browser, Dialog, Locator, Route, expect

from bot.sandbox.driver import Room
from tests.browser.conftest import Opens, windows
from tests.browser.window import Window
from tests.browser.workshop import TOUR, Workshop, open_workshop


@pytest.fixture
def amina(workshop: Workshop, visits: Opens, room: Room) -> Window:
    return visits(workshop.amina, at=room.id)


@contextmanager
def answered_late(window: Window, pattern: str, asks: Callable[[], object]) -> Iterator[None]:
    """What the page `asks` is answered by the server at once, and by the time the answer comes the block is over."""
    held: list[tuple[Route, APIResponse]] = []

    def holds(route: Route) -> None:
        held.append((route, route.fetch()))

    window.page.route(pattern, holds, times=1)
    asks()
    while not held:
        window.page.wait_for_timeout(20)
    yield
    route, response = held[0]
    route.fulfill(response=response)


def heard_by(window: Window, words: str) -> Callable[[], None]:
    """Waits until the live socket has told the window of the words; from the next time the page is opened."""
    frames: list[str | bytes] = []
    window.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(frame)))
    window.page.reload()

    def _waits() -> None:
        while not any(words in str(frame) for frame in frames):
            window.page.wait_for_timeout(20)

    return _waits


def test_what_is_said_while_a_conversation_is_fetched_is_shown(workshop: Workshop, amina: Window, room: Room) -> None:
    workshop.ben.says("said before", channel=room.name)
    amina.goes(at=workshop.room.id)
    heard = heard_by(amina, "said meanwhile")
    with answered_late(amina, "**/page/messages*", lambda: amina.goes_to(room.name)):
        workshop.ben.says("said meanwhile", channel=room.name)
        heard()
    amina.sees("said before")
    amina.sees("said meanwhile")


def test_a_message_that_is_deleted_while_it_is_fetched_is_not_shown(
    workshop: Workshop, amina: Window, room: Room
) -> None:
    workshop.ben.says("it stays", channel=room.name)
    slip = workshop.posts([], "it goes", room)
    amina.goes(at=workshop.room.id)
    heard = heard_by(amina, '"gone"')
    with answered_late(amina, "**/page/messages*", lambda: amina.goes_to(room.name)):
        workshop.client.chat_delete(channel=room.id, ts=slip)
        heard()
    amina.sees("it stays")
    amina.no_longer_sees("it goes")


def test_a_reply_that_comes_while_its_thread_is_fetched_is_shown(workshop: Workshop, amina: Window, room: Room) -> None:
    head = workshop.posts([], "a question", room)
    heard = heard_by(amina, "an answer, meanwhile")
    with answered_late(amina, "**/page/thread*", lambda: open_thread(amina, "a question")):
        workshop.posts([], "an answer, meanwhile", room, thread_ts=head)
        heard()
    expect(thread(amina).get_by_text("an answer, meanwhile")).to_be_visible()


def thread(window: Window) -> Locator:
    return window.page.get_by_role("complementary", name="Thread")


def open_thread(window: Window, words: str) -> None:
    window.sees(words).hover()
    window.presses("Reply in thread")


def test_words_that_could_not_be_sent_come_back_in_front_of_what_was_typed_since(amina: Window, room: Room) -> None:
    amina.forgives("ERR_FAILED")
    held: list[Route] = []
    amina.page.route("**/page/do*", lambda route: held.append(route) if '"say"' in (route.request.post_data or "")
                     else route.continue_())  # fmt: skip
    amina.writes("the first thought", room.name)
    field = amina.page.get_by_role("combobox", name=f"Message #{room.name}")
    field.press_sequentially("and the seco")
    while not held:
        amina.page.wait_for_timeout(20)
    held[0].abort()
    expect(field).to_have_value("the first thought\nand the seco")
    field.press_sequentially("nd")
    expect(field).to_have_value("the first thought\nand the second")


def record(window: Window) -> None:
    window.presses("Record a voice clip")
    expect(window.page.get_by_role("timer")).to_have_text("0:01")


def test_a_recording_waits_where_it_was_begun(workshop: Workshop, amina: Window, room: Room) -> None:
    record(amina)
    amina.goes_to("workshop")
    expect(amina.page.get_by_role("button", name="Record a voice clip")).to_be_visible()
    amina.goes_to(room.name)
    amina.sees("It isn't sent yet.")
    amina.goes_to("workshop")
    amina.goes_to(room.name)
    amina.presses("Send clip")
    expect(amina.page.get_by_role("button", name="Play: Voice clip")).to_be_visible()
    expect(amina.page.get_by_role("button", name="Record a voice clip")).to_be_visible()


def test_a_page_with_a_recording_is_not_left_without_a_question(amina: Window) -> None:
    asked: list[str] = []

    def stays(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    amina.page.on("dialog", stays)
    record(amina)
    amina.page.close(run_before_unload=True)
    expect(amina.page.get_by_role("timer")).to_have_text("0:02")
    assert asked == ["beforeunload"]
    amina.presses("Throw the recording away")
    with amina.page.expect_event("close"):
        amina.page.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_a_window_that_was_filled_in_before_a_reload_is_not_closed_without_a_question(
    workshop: Workshop, amina: Window, room: Room
) -> None:
    amina.writes("/workshop form", room.name)
    name = amina.modal.get_by_label("Name", exact=True)
    with amina.page.expect_response("**/page/do*"):
        name.fill("Amina")
        name.blur()
    amina.page.reload()
    expect(name).to_have_value("Amina")
    amina.page.keyboard.press("Escape")
    question = amina.page.get_by_role("alertdialog")
    expect(question).to_contain_text("Leave without saving?")
    question.get_by_role("button", name="Stay").click()
    name.fill("")
    amina.leaves_the_modal()


@pytest.fixture(scope="module")
def guided() -> Iterator[Workshop]:
    """A workshop whose tour leads to a guest."""
    tour = deepcopy(TOUR)
    with open_workshop(tour) as opened:
        tour["steps"][1] |= {"as": opened.guest.id, "name": "Gwen", "at": opened.room.id}
        opened.sandbox.offers_tour(tour)
        yield opened


@pytest.fixture
def guided_by(browser: Browser, guided: Workshop) -> Iterator[Opens]:
    with windows(browser, guided.sandbox) as opens:
        yield opens


def tour(window: Window) -> Locator:
    return window.page.get_by_role("complementary", name="Tour")


def overlap(one: Locator, other: Locator) -> bool:
    """Whether any of the one lies where some of the other is."""
    a, b = one.bounding_box(), other.bounding_box()
    assert a and b
    apart = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
    return not (apart or a["y"] + a["height"] <= b["y"] or b["y"] + b["height"] <= a["y"])


def test_the_tour_makes_room_for_a_thread(guided: Workshop, guided_by: Opens) -> None:
    guided.posts([], "something to talk about")
    amina = guided_by(guided.amina, at=guided.room.id)
    amina.sees("Look at thing 1.")
    open_thread(amina, "something to talk about")
    expect(thread(amina).get_by_text("something to talk about")).to_be_visible()
    expect(tour(amina).get_by_text("Look at thing 1.")).to_have_count(0)
    assert not overlap(tour(amina), thread(amina))
    amina.presses("Unfold the tour")
    amina.sees("Look at thing 1.")
    assert not overlap(tour(amina), thread(amina))
    amina.presses("Fold the tour")
    amina.presses("Unfold the tour")
    amina.presses("Close thread")
    amina.sees("Look at thing 1.")


def test_on_a_phone_the_tour_begins_folded_and_lies_over_nothing(guided: Workshop, guided_by: Opens) -> None:
    amina = guided_by(guided.amina, phone=True)
    side = amina.page.get_by_role("navigation", name="Conversations")
    expect(tour(amina).get_by_role("button", name="Unfold the tour")).to_be_visible()
    assert not overlap(tour(amina), side)
    amina.presses("Unfold the tour")
    amina.sees("Look at thing 1.")
    assert not overlap(tour(amina), side)
    tour(amina).get_by_role("button", name="Next").click()
    amina.goes_to("workshop")
    assert not overlap(tour(amina), amina.page.get_by_role("main"))
    for name in ("Back", "Next"):
        expect(tour(amina).get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    expect(amina.page.get_by_role("combobox", name="Message #workshop")).to_be_in_viewport(ratio=1)
    assert amina.fits()


def test_the_way_to_a_guest_is_called_by_their_name(guided: Workshop, guided_by: Opens) -> None:
    stranger = guided.sandbox.person("Nele Newcomer")
    nele = guided_by(stranger)
    tour(nele).get_by_role("button", name="Next").click()
    expect(tour(nele).get_by_role("link", name="Be Gwen", exact=True)).to_be_visible()
