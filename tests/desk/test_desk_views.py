"""What stands on Home and in the windows of the desk: within Slack's limits, and in days as people say them."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.desk import views, windows
from bot.desk.ids import PartRef, Ref
from bot.desk.models import Opening, Waiting, Why
from bot.desk.raw import Part
from bot.sandbox.limits import check_view

NOW = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)  # a Monday, just after midnight in London
ZONE = "Europe/London"


def waiting(**facts: object) -> Waiting:
    known = {
        "transcript_id": "t",
        "made_at": NOW,
        "seconds": 240.0,
        "unclear": 3,
        "unclear_seconds": 9.0,
        "asked": False,
    }
    return Waiting(**known | facts)  # type: ignore[arg-type]


def opening(number: int) -> Opening:
    when = NOW + timedelta(hours=number)
    facts = {"workspace": "T1", "transcript_id": "t", "recording_id": "r", "by": "U", "turn": number, "why": Why.OTHER}
    return Opening(**facts, words="<!channel> \u2066 🙂 " * 20, opened_at=when, until=when + timedelta(minutes=60))  # type: ignore[arg-type]


def said(blocks: object) -> str:
    return str([block.to_dict() for block in blocks])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("hours_ago", "day"),
    [(0, "today"), (1, "yesterday"), (25, "Saturday"), (6 * 24, "Tuesday"), (6 * 24 + 1, "23 February")],
)
def test_days_are_said_as_people_say_them(hours_ago: int, day: str) -> None:
    blocks = views.desk_section([waiting(made_at=NOW - timedelta(hours=hours_ago))], now=NOW, time_zone=ZONE)
    assert f"A note of 4 minutes from {day}, three unclear parts." in said(blocks)


def test_a_long_list_is_cut_short_and_says_so() -> None:
    blocks = views.desk_section([waiting() for _ in range(12)], now=NOW, time_zone=ZONE)
    assert said(blocks).count("A note of") == 10 and "…and 2 more." in said(blocks)
    openings = [opening(number) for number in range(11)]
    assert "…and one time before." in said(views.openings_section(openings, time_zone=ZONE))


def test_of_nothing_nothing_is_said_to_a_leader() -> None:
    assert views.openings_section([], time_zone=ZONE) == [] and views.opened_notes([], time_zone=ZONE) == []


@pytest.mark.parametrize("letter", ["e", "🙂", "\\", "ש"])
@pytest.mark.parametrize("page", [-1, 0, 1, 99])
def test_a_page_of_the_longest_parts_is_a_window_that_slack_takes(letter: str, page: int) -> None:
    parts = [Part(n * 18.0, n * 18.0 + 17, letter * 3_000, n % 5 == 0) for n in range(30)]
    view = windows.raw_modal(Ref("t" * 32, "o" * 32, page), parts, until=NOW, time_zone=ZONE)
    check_view(view.to_dict())
    assert f"page {min(max(page, 0), 9) + 1} of 10" in str(view.to_dict())


def test_a_part_that_is_too_long_for_a_box_can_still_be_heard() -> None:
    view = str(windows.raw_modal(Ref("t", "o"), [Part(0, 9, "e" * 3_001, False)], until=NOW, time_zone=ZONE).to_dict())
    assert "too long for the box" in view and "desk.play" in view and "desk.correct" not in view


def test_further_on_there_is_a_way_to_the_next_unclear_part() -> None:
    parts = [Part(n * 18.0, n * 18.0 + 17, "said", n == 29) for n in range(30)]
    first, second = (
        str(windows.raw_modal(Ref("t", "o", page), parts, until=NOW, time_zone=ZONE).to_dict()) for page in (0, 1)
    )
    assert "Next unclear part" in first and "Next unclear part" not in second  # there it is simply further


def test_words_of_the_transcriber_ping_nobody_in_the_leaders_window() -> None:
    view = windows.why_modal([opening(number) for number in range(31)], time_zone=ZONE).to_dict()
    check_view(view)
    assert all("<!channel>" not in str(block) for block in view["blocks"] if block["type"] != "rich_text")


def test_nothing_heard_and_nothing_typed_are_windows_too() -> None:
    check_view(windows.raw_modal(Ref("t", "o"), [], until=NOW, time_zone=ZONE).to_dict())
    check_view(windows.correct_modal(PartRef("o", 0.0, 9.0), "").to_dict())
    check_view(windows.over_modal("t").to_dict())
