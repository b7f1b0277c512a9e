"""A browser, a community with the real bot in it, and windows that are closed at the end."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser

from bot.engine_room import EngineRoom
from bot.sandbox.driver import Room, Sandbox
from tests.browser import chromium
from tests.browser.window import Window
from tests.browser.workshop import TOUR, Workshop, open_workshop
from tests.conversations.clips import spoken
from tests.place import Place, open_place
from tests.still_clock import StillClock

Opens = Callable[..., Window]


@pytest.fixture(scope="package")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose microphone hears a sentence. It goes with this folder: while it is there, Playwright keeps an
    event loop on the main thread, beside which no bot of another folder's tests could start."""
    voice = tmp_path_factory.mktemp("voice") / "voice.wav"
    voice.write_bytes(spoken(container="wav"))
    try:
        chromium.found()
    except chromium.NoBrowser as why:
        pytest.skip(str(why))
    with chromium.started(says=voice) as started:
        yield started


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, engines: EngineRoom) -> Iterator[Place]:
    """One community for the plays of a file; each person is in one play.

    The bot starts and stops on a thread of its own: on this one Playwright keeps an event loop running, which DBOS
    won't start beside.
    """
    opening = open_place(tmp_path_factory.mktemp("community"), StillClock(), engines)
    with ThreadPoolExecutor(1) as thread:
        yield thread.submit(opening.__enter__).result()
        thread.submit(opening.__exit__, None, None, None).result()


@pytest.fixture(scope="module")
def workshop() -> Iterator[Workshop]:
    """A workspace with a small app that shows everything; the plays of a file share it."""
    with open_workshop() as opened:
        yield opened


@pytest.fixture
def room(workshop: Workshop) -> Room:
    """A channel that nobody has spoken in yet."""
    return workshop.new_room()


@contextmanager
def windows(browser: Browser, sandbox: Sandbox) -> Iterator[Opens]:
    """`opens(person, phone=True)`: a window of that person's; the page must not have reported an error at the end."""
    opened: list[Window] = []

    def _opens(person: object = None, **options: object) -> Window:
        opened.append(Window(browser, sandbox, person, **options))  # type: ignore[arg-type]
        return opened[-1]

    yield _opens
    for window in opened:
        window.closes()


@pytest.fixture
def opens(browser: Browser, place: Place) -> Iterator[Opens]:
    """Windows on the community with the real bot."""
    with windows(browser, place.sandbox) as _opens:
        yield _opens


@pytest.fixture
def visits(browser: Browser, workshop: Workshop) -> Iterator[Opens]:
    """Windows on the workshop."""
    with windows(browser, workshop.sandbox) as _visits:
        yield _visits
    workshop.clears_up()


@pytest.fixture
def toured(browser: Browser) -> Iterator[Opens]:
    """Windows on a workshop of its own with a tour."""
    with open_workshop(TOUR) as workshop, windows(browser, workshop.sandbox) as _opens:
        yield lambda **options: _opens(workshop.amina, **options)
