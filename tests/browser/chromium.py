"""A Chromium to look at the page with: the system's own, as Playwright's download can't be had everywhere."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

#: where a browser of the Chromium family may be, first found first used
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


class NoBrowser(Exception):
    """There is no Chromium here. Debian: `sudo apt install chromium`; macOS: install Google Chrome."""


def found() -> str:
    """The program's path; CHROMIUM in the environment names another. Raises NoBrowser."""
    named = os.environ.get("CHROMIUM")
    there = [path for path in (named, *map(shutil.which, NAMES), str(MAC) if MAC.exists() else None) if path]
    if not there:
        raise NoBrowser(NoBrowser.__doc__)
    return there[0]


@contextmanager
def started(*, says: Path | None = None, microphone: bool = True) -> Iterator[Browser]:
    """A browser without a window. Its microphone hears the WAV file `says` over and over; without one, beeps.

    `microphone` False: the browser asks for permission as ever, and nobody gives it.
    """
    flags = ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb", "--hide-scrollbars"]
    if microphone:
        flags += ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    if says:
        flags.append(f"--use-file-for-fake-audio-capture={says}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found(), args=flags)
        yield browser
        browser.close()
