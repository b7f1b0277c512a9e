"""What stands on Home and on a draft's first page about the desk: facts in, Block Kit out, and never a raw word."""

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement, SectionBlock
from slack_sdk.models.blocks.basic_components import MarkdownTextObject

from bot.clock import local
from bot.desk.ids import Act, Ref
from bot.desk.models import Opening, Waiting
from bot.slack.blocks import actions, button, context, header, pack, section
from bot.words import Safe, plain, say

SHOWN_AT_MOST = 10


def desk_section(waiting: Sequence[Waiting], *, now: datetime, time_zone: str) -> list[Block]:
    """For the transcriber: the drafts that may be opened, without a name and without a word."""
    rows = [block for each in waiting[:SHOWN_AT_MOST] for block in _waiting_rows(each, now, time_zone)]
    more = len(waiting) - SHOWN_AT_MOST
    return [
        header(plain("desk.home_heading")),
        section(say("desk.home_intro" if waiting else "desk.home_none")),
        *rows,
        *([context(say("desk.home_more", count=more))] if more > 0 else []),
    ]


def openings_section(openings: Sequence[Opening], *, time_zone: str) -> list[Block]:
    """For a leader: every time that somebody opened their words, newest first; nothing where nobody did."""
    if not openings:
        return []
    more = len(openings) - SHOWN_AT_MOST
    lines = [opened_line(opening, time_zone) for opening in openings[:SHOWN_AT_MOST]]
    return [
        header(plain("desk.opened_heading")),
        context(say("desk.opened_intro")),
        *(section(line) for line in lines),
        *([context(say("desk.opened_more", count=more))] if more > 0 else []),
        actions(button(plain("desk.why_opened"), Act.WHY_OPENED)),
    ]


def opened_notes(openings: Sequence[Opening], *, time_zone: str) -> list[Safe]:
    """The lines for the first page of a draft (oldest opening first): the latest, and how many there were before."""
    if not openings:
        return []
    before = len(openings) - 1
    latest = opened_line(openings[-1], time_zone)
    return [latest, *([say("desk.opened_before", count=before)] if before else [])]


def opened_line(opening: Opening, time_zone: str) -> Safe:
    """When and what for, as it may stand in a message: none of the transcriber's own words."""
    return say(f"desk.opened_{opening.why.value}", day=_date(opening.opened_at, time_zone))


def _waiting_rows(each: Waiting, now: datetime, time_zone: str) -> list[Block]:
    minutes = max(1, round(each.seconds / 60))
    day = _day(each.made_at, now, time_zone)
    text = say("desk.waiting", minutes=minutes, day=day, unclear=each.unclear, asked=each.asked)
    ref = pack(Ref(each.transcript_id))
    if each.open_until is None:
        return [_with_button(text, button(plain("desk.open"), Act.OPEN, ref))]
    return [
        section(Safe(f"{text} {say('desk.open_until', time=time_of_day(each.open_until, time_zone))}")),
        actions(button(plain("desk.go_on"), Act.OPEN, ref), button(plain("desk.done"), Act.DONE, ref)),
    ]


def _with_button(text: str, accessory: ButtonElement) -> Block:
    return SectionBlock(text=MarkdownTextObject(text=text), accessory=accessory)


def time_of_day(moment: datetime, time_zone: str) -> str:
    """As a clock shows it there: 14:05."""
    return f"{local(moment, time_zone):%H:%M}"


def _date(moment: datetime, time_zone: str) -> str:
    there = local(moment, time_zone)
    return f"{there.day} {there:%B %Y}"


def _day(moment: datetime, now: datetime, time_zone: str) -> str:
    """A day as people say it: today, yesterday, Tuesday; a date once that would be another week."""
    there, today = local(moment, time_zone), local(now, time_zone)
    ago = (today.date() - there.date()).days
    if ago <= 1:
        return plain("desk.yesterday" if ago == 1 else "desk.today")
    return f"{there:%A}" if ago < 7 else f"{there.day} {there:%B}"
