"""A channel of two thousand messages: what comes at first, what comes on scrolling, what stays untouched."""

import pytest
from playwright.sync_api import Locator, expect

from bot.sandbox.driver import Room
from tests.browser.conftest import Opens
from tests.browser.window import Window
from tests.browser.workshop import Workshop

LENGTH = 2000
#: as many as the page asks for at a time
PAGE = 60


@pytest.fixture(scope="module")
def long_room(workshop: Workshop) -> Room:
    """Everything in it was said by Ben, and is about a number."""
    room = workshop.new_room()
    for number in range(LENGTH):
        workshop.ben.says(f"This is about the number {number}, and what it means.", channel=room.name)
    return room


@pytest.fixture
def amina(workshop: Workshop, visits: Opens, long_room: Room) -> Window:
    window = visits(workshop.amina, at=long_room.id)
    expect(about(window, LENGTH - 1)).to_be_in_viewport()
    return window


def about(window: Window, number: int) -> Locator:
    return window.page.locator("main .row").filter(has_text=f"number {number},")


def rows(window: Window) -> int:
    return window.page.locator("main .row").count()


def scrolls(window: Window, far: int) -> None:
    """Turns the wheel over the messages."""
    window.page.locator("main .talk-scroll").hover()
    window.page.mouse.wheel(0, far)


def test_only_the_last_messages_come_at_first_and_older_ones_on_scrolling(amina: Window) -> None:
    assert PAGE <= rows(amina) <= 3 * PAGE
    expect(about(amina, 0)).to_have_count(0)
    oldest = int(amina.page.locator("main .row").first.inner_text().split("number ")[1].split(",")[0])
    for _ in range(60):
        scrolls(amina, -400)
        amina.page.evaluate("new Promise(requestAnimationFrame)")
        if about(amina, oldest - 1).count():
            break
    expect(about(amina, oldest - 1)).to_be_attached()
    assert rows(amina) < LENGTH / 2


def test_what_is_being_read_stays_where_it_is_when_older_messages_come(amina: Window) -> None:
    scroller = amina.page.locator("main .talk-scroll")
    scroller.evaluate("one => { one.scrollTop = 700; }")
    before = rows(amina)
    in_view = """() => {
      const top = document.querySelector("main .talk-scroll").getBoundingClientRect().top;
      const row = [...document.querySelectorAll("main .row")].find((one) => one.getBoundingClientRect().bottom > top);
      return {ts: row.dataset.ts, y: row.getBoundingClientRect().top - top};
    }"""
    scroller.evaluate("one => { one.scrollTop -= 300; }")
    read = amina.page.evaluate(in_view)
    expect(amina.page.locator("main .row").nth(before + PAGE - 1)).to_be_attached()
    row = amina.page.locator(f"main [data-ts='{read['ts']}']")
    y = row.evaluate("one => one.getBoundingClientRect().top - one.closest('.talk-scroll').getBoundingClientRect().top")
    assert abs(y - read["y"]) < 3


def test_a_new_message_touches_no_other(workshop: Workshop, amina: Window, long_room: Room) -> None:
    amina.page.evaluate("""() => {
      window.__changed = [];
      document.querySelectorAll("main .row").forEach((row) => { row.__was = row; });
      new MutationObserver((all) => all.forEach(({target, addedNodes, removedNodes}) => {
        const inside = target.closest(".row")?.dataset.ts;
        for (const node of [...addedNodes, ...removedNodes]) window.__changed.push(inside ?? node.dataset?.ts);
      })).observe(document.querySelector("main .rows"), {childList: true, subtree: true});
    }""")
    before = rows(amina)
    workshop.ben.says("a new one at the foot", channel=long_room.name)
    expect(amina.page.locator("main .row").last).to_contain_text("a new one at the foot")
    expect(amina.page.locator("main .row").last).to_be_in_viewport()
    assert (
        amina.page.evaluate("[...document.querySelectorAll('main .row')].filter((row) => row.__was === row).length")
        == before
    )
    assert set(amina.page.evaluate("window.__changed")) == {long_room.messages[-1].ts}


def test_who_reads_further_up_is_not_dragged_down(workshop: Workshop, amina: Window, long_room: Room) -> None:
    scrolls(amina, -900)
    expect(about(amina, LENGTH - 1)).not_to_be_in_viewport()
    workshop.ben.says("meanwhile, at the foot", channel=long_room.name)
    jump = amina.page.get_by_role("button", name="New messages")
    expect(jump).to_be_visible()
    expect(amina.page.locator("main .row").last).not_to_be_in_viewport()
    jump.click()
    expect(amina.page.locator("main .row").last).to_be_in_viewport()
    expect(jump).to_be_hidden()


def test_a_link_leads_to_the_very_first_message_and_from_there_on(
    workshop: Workshop, amina: Window, long_room: Room
) -> None:
    amina.goes(at=long_room.id, message=long_room.messages[0].ts)
    expect(about(amina, 0)).to_be_in_viewport()
    expect(about(amina, 0)).to_be_focused()
    expect(amina.page.get_by_text(f"This is the beginning of #{long_room.name}.")).to_be_visible()
    expect(about(amina, LENGTH - 1)).to_have_count(0)
    for _ in range(10):
        scrolls(amina, 4000)
        amina.page.evaluate("new Promise(requestAnimationFrame)")
    expect(about(amina, 2 * PAGE)).to_be_attached()
    workshop.ben.says("said while she reads the old ones", channel=long_room.name)
    amina.page.reload()
    amina.sees("said while she reads the old ones")
