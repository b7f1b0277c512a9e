"""How the sandbox's page bears a channel with two thousand messages, beside a bare HTML page with the same words.

    python -m tests.bench.page [--messages 2000] [--runs 5] [--arrive 100]

Both are opened in headless Chromium (1280 by 800). *open*: milliseconds from the navigation until the last message can
be seen. *scroll*: the wheel is turned upwards forty times, 600 pixels each. *arrive*: so many messages come, 20 ms
apart; on the bare page a script appends paragraphs at that pace. For the last two the time between frames is taken from
requestAnimationFrame: the 95th part of a hundred, the longest, and how many took more than 50 ms. Medians of several
runs, each in a new browser context, are printed, and ours as a multiple of the bare page's.
"""

import argparse
import html
import statistics
import time
from collections.abc import Callable
from typing import NamedTuple

from playwright.sync_api import Browser, Page

from bot.clock import system_clock
from bot.sandbox.driver import Room, Sandbox
from bot.sandbox.person import Person
from tests.browser import chromium
from tests.sandbox.helpers import MANIFEST

#: milliseconds: what people notice
LONG = 50
PACE = 0.02
TURNS, FAR = 40, 600
WORDS = "This is about the number {}, and what it means for a small practice that has seen a few of them go by."
WATCH = """() => {
  window.__frames = [];
  let last = performance.now();
  const tick = (now) => { window.__frames.push(now - last); last = now; window.__going = requestAnimationFrame(tick); };
  window.__going = requestAnimationFrame(tick);
}"""
APPEND = """([words, count, pace]) => new Promise((done) => {
  let left = count;
  const timer = setInterval(() => {
    const one = document.createElement("p");
    one.textContent = words;
    document.querySelector("main").append(one);
    window.scrollTo(0, document.body.scrollHeight);
    if (--left === 0) { clearInterval(timer); done(); }
  }, pace);
})"""


class Frames(NamedTuple):
    """Milliseconds between frames: the 95th of a hundred, the longest; and how many were long."""

    usual: float
    longest: float
    long: float


class Run(NamedTuple):
    """One run on one page."""

    open_ms: float
    scroll: Frames
    arrive: Frames


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    wanted.add_argument("--messages", type=int, default=2000)
    wanted.add_argument("--runs", type=int, default=5)
    wanted.add_argument("--arrive", type=int, default=100)
    chosen = wanted.parse_args()
    with Sandbox.start(manifest=MANIFEST, clock=system_clock) as sandbox, chromium.started() as browser:
        amina, ben = sandbox.person("Amina Okafor"), sandbox.person("Ben Achterberg")
        ours, bare = [], []
        for run in range(chosen.runs):
            room = sandbox.add_channel(f"long-{run}", amina, ben)
            for number in range(chosen.messages):
                ben.says(WORDS.format(number), channel=room.name)
            ours.append(on_the_page(browser, sandbox, amina, ben, room, chosen.arrive))
            bare.append(on_a_bare_page(browser, sandbox, chosen.messages, chosen.arrive))
    report(ours, bare)


def on_the_page(browser: Browser, sandbox: Sandbox, amina: Person, ben: Person, room: Room, arrive: int) -> Run:
    """A run on the sandbox's page."""
    page = new_page(browser, sandbox)
    opened = time_to_open(page, f"/?as={amina.id}&at={room.id}", "main .row:last-child")
    page.hover("main .talk-scroll")
    scroll = frames_while(page, lambda: turn_the_wheel(page))
    page.locator("main .talk-scroll").evaluate("one => { one.scrollTop = one.scrollHeight; }")
    more = frames_while(page, lambda: say(ben, room, arrive))
    page.context.close()
    return Run(opened, scroll, more)


def on_a_bare_page(browser: Browser, sandbox: Sandbox, messages: int, arrive: int) -> Run:
    """The same on a page that is nothing but its words."""
    page = new_page(browser, sandbox)
    lines = "".join(f"<p>{html.escape(WORDS.format(number))}</p>" for number in range(messages))
    down = "<script>window.scrollTo(0, document.body.scrollHeight)</script>"
    body = f"<!doctype html><meta charset=utf-8><title>Bare</title><main>{lines}</main>{down}"
    page.route("**/bare", lambda route: route.fulfill(body=body, content_type="text/html"))
    opened = time_to_open(page, "/bare", "main p:last-child")
    page.hover("main p:last-child")
    scroll = frames_while(page, lambda: turn_the_wheel(page))
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    more = frames_while(page, lambda: page.evaluate(APPEND, [WORDS.format(arrive), arrive, PACE * 1000]))
    page.context.close()
    return Run(opened, scroll, more)


def new_page(browser: Browser, sandbox: Sandbox) -> Page:
    return browser.new_context(viewport={"width": 1280, "height": 800}, base_url=sandbox.page_url).new_page()


def time_to_open(page: Page, address: str, last: str) -> float:
    """Milliseconds until the last message is there and drawn."""
    page.goto(address, wait_until="commit")
    page.wait_for_selector(last, state="visible")
    return float(page.evaluate("new Promise((seen) => requestAnimationFrame(() => seen(performance.now())))"))


def turn_the_wheel(page: Page) -> None:
    for _ in range(TURNS):
        page.mouse.wheel(0, -FAR)
        page.evaluate("new Promise(requestAnimationFrame)")


def say(ben: Person, room: Room, count: int) -> None:
    for number in range(count):
        ben.says(WORDS.format(number), channel=room.name)
        time.sleep(PACE)


def frames_while(page: Page, happens: Callable[[], object]) -> Frames:
    """How the frames came while this happened, and until it was drawn."""
    page.evaluate(WATCH)
    happens()
    page.evaluate("new Promise((done) => setTimeout(done, 200))")
    took = sorted(page.evaluate("cancelAnimationFrame(window.__going), window.__frames"))
    return Frames(took[int(len(took) * 0.95)], took[-1], sum(one > LONG for one in took))


def report(ours: list[Run], bare: list[Run]) -> None:
    print(f"{'':24}{'ours':>10}{'bare':>10}{'ratio':>8}")
    figures: dict[str, Callable[[Run], float]] = {
        "open, ms": lambda run: run.open_ms,
        "scroll, 95% of frames": lambda run: run.scroll.usual,
        "scroll, longest": lambda run: run.scroll.longest,
        "scroll, over 50 ms": lambda run: run.scroll.long,
        "arrive, 95% of frames": lambda run: run.arrive.usual,
        "arrive, longest": lambda run: run.arrive.longest,
        "arrive, over 50 ms": lambda run: run.arrive.long,
    }
    for name, figure in figures.items():
        mine, theirs = (statistics.median(map(figure, runs)) for runs in (ours, bare))
        ratio = f"{mine / theirs:.2f}" if theirs else "-"
        print(f"{name:24}{mine:10.1f}{theirs:10.1f}{ratio:>8}")


if __name__ == "__main__":
    main()
