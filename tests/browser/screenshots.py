"""Takes the pictures of README.md from the running page: light, dark, and on a phone.

    python -m tests.browser.screenshots [--into bot/sandbox/page/pictures]

The demo's own community and the real bot: a leader joins, sends a sample recording, reads what was heard and shares it.
Nothing on the pictures is painted by hand: the words are what was heard, the times are today's.
"""

import argparse
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from bot.app import Bot
from bot.demo.community import Community, joins, settle
from bot.demo.place import SAMPLES, fresh_folder, own_settings, start_sandbox
from bot.demo.tour import tour
from bot.sandbox.clock import MovableClock
from bot.sandbox.driver import Sandbox
from bot.settings import Settings
from tests.browser import chromium
from tests.browser.window import Window
from tests.place import PATIENCE

HERE = Path(__file__).parents[2] / "bot" / "sandbox" / "page" / "pictures"
#: the recording that is told; its leader is the tour's
NOTE = "rota-home"
DRAFT = "Here is what I heard"


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    wanted.add_argument("--into", type=Path, default=HERE)
    into: Path = wanted.parse_args().into
    into.mkdir(parents=True, exist_ok=True)
    clock = MovableClock()
    options = {"clock": clock, "samples": SAMPLES, "rng": random.Random(7)}
    with TemporaryDirectory() as folder, start_sandbox(None, **options) as sandbox:
        community = settle(sandbox)
        sandbox.offers_tour(tour(community))
        settings = Settings(_env_file=None, data_dir=Path(folder))  # type: ignore[call-arg]
        ours = own_settings(settings, sandbox, fresh_folder(settings), community.facilitator.id)
        with ThreadPoolExecutor(1) as thread, Bot(ours, clock=clock):
            thread.submit(lives_through_it, sandbox, community).result()
            with chromium.started() as browser:
                take_all(browser, sandbox, community, into)
    for picture in sorted(into.glob("*.png")):
        print(f"{picture.name}: {picture.stat().st_size // 1024} kB")


def lives_through_it(sandbox: Sandbox, community: Community) -> None:
    """What has happened before the pictures are taken: a shared story, and a draft that waits."""
    sandbox.wait_connected()
    leader = community.leader
    joins(leader)
    leader.sends_voice(SAMPLES / f"{NOTE}.ogg")
    leader.sees(DRAFT, within=PATIENCE * 5)
    joins(community.newcomer)
    community.newcomer.sends_voice(SAMPLES / "to-the-sheep.ogg")
    community.newcomer.sees(DRAFT, within=PATIENCE * 5)
    community.newcomer.clicks("Approve")
    community.newcomer.modal()
    assert community.newcomer.submits() == {}
    community.newcomer.sees("without your name")
    joins(community.facilitator)
    community.facilitator.opens_home()
    community.facilitator.sees_at_home("")


def take_all(browser: Browser, sandbox: Sandbox, community: Community, into: Path) -> None:
    """Each picture: its name, whose window, what is done in it first."""
    leader, stories = community.leader, community.stories.id

    draft = Window(browser, sandbox, leader, at=leader.direct.id, tab="messages")
    draft.sees(DRAFT)
    draft.takes(into / "draft-light.png")

    dark = Window(browser, sandbox, leader, dark=True, at=stories)
    dark.dismisses_tour()
    dark.opens_toolbox("Traffic")
    dark.takes(into / "story-dark.png")

    phone = Window(browser, sandbox, leader, phone=True, at=leader.direct.id, tab="messages")
    phone.dismisses_tour()
    phone.sees(DRAFT)
    phone.takes(into / "draft-phone.png")
    phone.presses("Look at those")
    phone.modal.wait_for()
    phone.takes(into / "look-phone.png")
    phone.leaves_the_modal()
    phone.presses("Read all of it")
    phone.presses("Edit")
    phone.modal.wait_for()
    phone.takes(into / "edit-phone.png")
    for window in (draft, dark, phone):
        window.closes()


if __name__ == "__main__":
    main()
