"""One browser window on the sandbox's page, as one person: it reads like what a hand and two eyes do."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from bot.sandbox.driver import Sandbox
from bot.sandbox.person import Person

DESK, PHONE = {"width": 1280, "height": 800}, {"width": 375, "height": 812}
#: milliseconds: a page on a busy machine is slow, a page that is broken says nothing for ever
PATIENCE = 20_000
expect.set_options(timeout=PATIENCE)


class Window:
    """Opens the page as the person; everything waited for is waited for by Playwright. Errors of the page are kept."""

    def __init__(
        self, browser: Browser, sandbox: Sandbox, person: Person | None = None, *, phone: bool = False,
        dark: bool = False, microphone: bool = True, **query: str,
    ) -> None:  # fmt: skip
        self.sandbox, self.person = sandbox, person
        self.context: BrowserContext = browser.new_context(
            viewport=PHONE if phone else DESK,  # type: ignore[arg-type]
            has_touch=phone, color_scheme="dark" if dark else "light", reduced_motion="reduce", locale="en-GB",
            permissions=["microphone"] if microphone else [], base_url=sandbox.page_url,
        )  # fmt: skip
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self.errors: list[str] = []
        self.forgiven: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self._hears)
        self.goes(**query)

    def forgives(self, pattern: str) -> None:
        """An error like this (a regular expression) is what the test is about, or the browser's own remark on it."""
        self.forgiven.append(pattern)

    def _hears(self, message: Any) -> None:
        if message.type == "error":
            self.errors.append(message.text)

    def goes(self, **query: str) -> None:
        """To the page as this person (or to the door), at a place in it."""
        who = {"as": self.person.id} if self.person else {}
        words = "&".join(f"{name}={value}" for name, value in (who | query).items())
        self.page.goto(f"/?{words}" if words else "/")
        if self.person:
            expect(self.page.locator("nav")).to_be_attached(timeout=PATIENCE)

    def goes_to(self, name: str) -> None:
        """To a conversation, by its name in the sidebar."""
        self.page.get_by_role("navigation", name="Conversations").get_by_text(name, exact=True).first.click()

    def writes(self, text: str, to: str = "Collaborate") -> None:
        """Types into the composer and sends."""
        field = self.page.get_by_role("combobox", name=re.compile(f"Message .?{to}"))
        field.fill(text)
        field.press("Enter")

    @property
    def shown(self) -> Locator:
        """What is for the eyes: all but the words that are only read aloud."""
        return self.page.locator("body > :not(#live)")

    def sees(self, text: str, within: float = PATIENCE / 1000) -> Locator:
        """Waits until the words are on the screen; gives the last place where they are."""
        there = self.shown.get_by_text(text).last
        expect(there).to_be_visible(timeout=within * 1000)
        return there

    def no_longer_sees(self, text: str) -> None:
        """Waits until the words are nowhere on the screen."""
        expect(self.shown.get_by_text(text)).to_have_count(0, timeout=PATIENCE)

    def presses(self, name: str, within: Locator | None = None) -> None:
        """Presses the last button of this name (or beginning with it)."""
        (within or self.page).get_by_role("button", name=name).last.click()

    @property
    def modal(self) -> Locator:
        """The open window of the app, waited for."""
        found = self.page.get_by_role("dialog")
        expect(found).to_be_visible(timeout=PATIENCE)
        return found

    def ticks(self, *labels: str) -> None:
        """Ticks boxes in the open modal."""
        for label in labels:
            self.modal.get_by_role("checkbox", name=label).check()

    def submits(self) -> None:
        """Presses the modal's own button, and waits until it is gone."""
        modal = self.modal
        modal.locator("button[type=submit]").click()
        expect(modal).to_have_count(0, timeout=PATIENCE)

    def leaves_the_modal(self) -> None:
        """Presses Escape in it; somebody who has filled in something leaves all the same."""
        modal = self.modal
        self.page.keyboard.press("Escape")
        expect(modal).to_have_count(0)

    def fits(self) -> bool:
        """Whether nothing has to be scrolled sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))

    def joins(self) -> None:
        """From hello to welcome, as a new leader does it."""
        self.goes(at="app", tab="messages")
        self.writes("hello")
        self.presses("Join")
        self.ticks("Record what I say", "Turn it into text on our own machine", "Share it without my name")
        self.submits()
        self.sees("Welcome")

    def records(self, seconds: float) -> None:
        """Presses the microphone, lets it hear for so long (real time), and sends the clip."""
        self.presses("Record a voice clip")
        expect(self.page.get_by_role("timer")).to_have_text(f"0:0{seconds:.0f}", timeout=PATIENCE)
        self.presses("Stop")
        self.presses("Send clip")

    def dismisses_tour(self) -> None:
        """Sends the tour away, where there is one."""
        self.page.get_by_role("complementary", name="Tour").get_by_role("button", name="Close").click()

    def opens_toolbox(self, tab: str) -> None:
        """Opens the drawer at one of its tabs."""
        self.presses("Toolbox")
        self.page.get_by_role("tab", name=tab).click()

    def takes(self, picture: Path) -> None:
        """A picture of what is on the screen once it has come to rest, without a blinking cursor."""
        self.page.wait_for_timeout(400)
        self.page.screenshot(path=picture, caret="hide", animations="disabled")

    def closes(self) -> None:
        """Ends it; AssertionError if the page ever reported an error."""
        self.context.close()
        wrong = [error for error in self.errors if not any(re.search(pattern, error) for pattern in self.forgiven)]
        assert wrong == [], wrong
