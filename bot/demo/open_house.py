"""The demo to walk about in: the workspace in the browser, the bot in it, until somebody says that it is enough."""

import os
import sys
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from bot.demo.community import joins, settle
from bot.demo.place import SAMPLES, own_settings, start_sandbox
from bot.demo.tour import first_address, tour
from bot.errors import Failure
from bot.sandbox.clock import MovableClock
from bot.sandbox.driver import Sandbox
from bot.settings import Settings
from bot.terminal import Stop
from bot.words import plain

if TYPE_CHECKING:
    from bot.app import Bot


class BotSilent(Failure):
    """The bot came, but it doesn't answer: {why}"""


def open_house(settings: Settings, folder: Path, *, port: int | None, open_page: bool) -> int:
    """Opens the workspace, then brings the bot in; ends when told to, with the exit code. PortUnusable, BotSilent."""
    stop, out, progress = Stop(), Console(), Console(stderr=True)
    clock = MovableClock()
    with start_sandbox(port, clock=clock, samples=SAMPLES) as sandbox:
        community = settle(sandbox)
        guide = tour(community)
        sandbox.offers_tour(guide)
        address = first_address(sandbox.page_url, guide)
        out.print(plain("demo.open", url=sandbox.page_url, tour=address), soft_wrap=True, highlight=False)
        if open_page:
            _in_browser(address, lambda: progress.print(plain("demo.no_browser")))
        ours = own_settings(settings, sandbox, folder, community.facilitator.id)
        _bring_in(ours, clock, sandbox, lambda: joins(community.facilitator), stop, progress)
    progress.print(plain("demo.over"))
    return stop.exit_code


def _bring_in(
    settings: Settings,
    clock: MovableClock,
    sandbox: Sandbox,
    begin: Callable[[], None],
    stop: Stop,
    progress: Console,
) -> None:
    """The bot comes, warms up while people look around already, and goes when everything is over."""
    with progress.status(plain("demo.bot_comes")):
        from bot.app import Bot  # what takes longest to import comes after the page is there

        if stop.told:
            return
        bot = Bot(settings, clock=clock)
    with bot:
        sandbox.on_clock_moved(lambda _: _catch_up(bot, stop))
        try:
            sandbox.wait_connected()
            begin()
        except AssertionError as error:
            raise BotSilent(why=str(error).splitlines()[0]) from error
        progress.print(plain("demo.bot_is_here"))
        _warm_up(bot, stop, progress)
        stop.wait()
        progress.print(plain("demo.closing"))


def _catch_up(bot: "Bot", stop: Stop) -> None:
    """What fell due while the clock was moved happens now rather than at the next tick."""
    if not stop.told:
        bot.ticker.tick()


def _warm_up(bot: "Bot", stop: Stop, progress: Console) -> None:
    """Waits for the engines and says that they are ready, or in one sentence what is wrong with them."""
    from bot.demo.warming import Warming

    warming = Warming(bot.engines)
    warming.start()
    with progress.status(plain("demo.warming")):
        while warming.is_alive() and not stop.told:
            warming.join(0.1)
    if warming.trouble:
        progress.print(plain("demo.engine_trouble", sentence=warming.trouble.sentence))
    elif not stop.told:
        progress.print(plain("demo.ready"))


def _in_browser(address: str, otherwise: Callable[[], None]) -> None:
    """Opens the address without waiting for it; `otherwise` is called where there is no browser with windows."""

    def open_it() -> None:
        try:
            opened = _has_screen() and webbrowser.open(address)
        except webbrowser.Error:
            opened = False
        if not opened:
            otherwise()

    threading.Thread(target=open_it, name="browser", daemon=True).start()


def _has_screen() -> bool:
    """Whether a browser could show anything: on a bare terminal one that draws with letters would take the terminal."""
    named = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER"))
    return named or sys.platform in ("darwin", "win32")
