"""Joining with the real bot, with the keyboard alone: no mouse ever moves."""

import re

from playwright.sync_api import Page, expect

from bot.people.bands import Profession
from bot.people.models import Member
from bot.words import plain
from tests.browser.conftest import Opens
from tests.place import RECORD, SHARE, TRANSCRIBE, Place

#: presses of Tab after which somebody would have given up
MOST = 60


def tabs_to(page: Page, name: str, role: str = "button", key: str = "Tab") -> None:
    """Presses Tab until something of this role and name has the focus."""
    wanted = page.get_by_role(role, name=re.compile(f"^{name}")).last  # type: ignore[arg-type]
    expect(wanted).to_be_visible()
    for _ in range(MOST):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{MOST} times {key}, and never at the {role} {name}")


def test_somebody_joins_without_a_mouse(place: Place, opens: Opens) -> None:
    amina = place.person("Amina Okafor")
    page = opens().page
    tabs_to(page, "Amina Okafor", "link")
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Conversations")).to_be_visible()
    tabs_to(page, "Collaborate", "link")
    page.keyboard.press("Enter")
    tabs_to(page, "Message", "combobox")
    page.keyboard.type("hello")
    page.keyboard.press("Enter")
    tabs_to(page, "Join", key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    tabs_to(page, plain("people.field_profession"), "combobox")
    page.keyboard.type("practice m")
    page.keyboard.press("Enter")
    for permission in (RECORD, TRANSCRIBE, SHARE):
        tabs_to(page, permission, "checkbox")
        page.keyboard.press("Space")
    tabs_to(page, plain("people.join_submit"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Welcome").last).to_be_visible()
    expect(page.get_by_role("combobox", name=re.compile("Message"))).to_be_attached()
    member = next(member for member in place.rows(Member) if member.slack_id == amina.id)
    assert member.profile.profession == Profession.PRACTICE_MANAGER
