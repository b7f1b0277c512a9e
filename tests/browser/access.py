"""What WCAG 2.2 AA asks of a page, as far as a program can tell (axe-core)."""

from axe_playwright_python.sync_playwright import Axe

from tests.browser.window import Window

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
#: all that another theme can change
COLOURS = ["color-contrast", "link-in-text-block"]
#: a link in a line of text may be smaller, and a label is pressed instead of its box
SMALL = """() => [...document.querySelectorAll("button, a[href], input, select, textarea, [role=option], [role=tab]")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.closest("[inert]"))
  .filter((one) => getComputedStyle(one).display !== "inline" && !one.labels?.length)
  .map((one) => ({box: one.getBoundingClientRect(), html: one.outerHTML.slice(0, 120)}))
  .filter(({box}) => box.width > 0 && (box.width < 23.5 || box.height < 23.5))
  .map(({box, html}) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`)"""


def barriers(window: Window, part: str = "", *, colours_only: bool = False) -> list[str]:
    """What keeps somebody from using the page, or a `part` of it (a CSS selector): rule, and the first places of each.

    The program itself puts styles and requests into the page that its policy forbids; what it causes is taken off
    the window's errors again.
    """
    before = list(window.errors)
    rules = {"type": "rule", "values": COLOURS} if colours_only else {"type": "tag", "values": TAGS}
    found = Axe().run(window.page, part or None, {"runOnly": rules}).response
    window.page.evaluate("0")  # what the program caused is heard by now
    window.errors[:] = before
    return [_in_words(rule) for rule in found["violations"]]


def _in_words(rule: dict) -> str:
    places = [f"{node['target']} {node['html'][:120]}: {node['failureSummary']}" for node in rule["nodes"][:3]]
    return f"{rule['id']} ({len(rule['nodes'])}): " + " | ".join(places)


def small_targets(window: Window) -> list[str]:
    """What is pressed and is less than 24 px high or wide."""
    return list(window.page.evaluate(SMALL))
