"""What the stories tell taken together: how much stands in tag lines, and whether style gives away who spoke."""

import json

from sqlmodel import Session, select

from bot.anonymise.risk.style import StyleReport, style_report
from bot.settings import Settings
from bot.stories import risks
from bot.stories.models import Story, TagLine


def workspaces(session: Session) -> list[str]:
    """The workspaces that have stories."""
    return sorted(set(session.exec(select(Story.workspace))))


def report(session: Session, *, workspace: str, settings: Settings) -> dict[str, object]:
    """k, how many facts stand in each tag line (by member id), and the attribution of style beside its bound 2/n."""
    style = style_report(risks.out_now(session, workspace=workspace))
    kept = select(TagLine).where(TagLine.workspace == workspace).order_by(TagLine.member_id)
    return {
        "workspace": workspace,
        "k": settings.min_group,
        "tag_lines": {line.member_id: _facts(line) for line in session.exec(kept)},
        "style": _style(style),
    }


def _facts(line: TagLine) -> int:
    return len(json.loads(line.facts))


def _style(found: StyleReport) -> dict[str, object]:
    return {
        "stories": found.stories,
        "speakers": found.speakers,
        "accuracy": round(found.accuracy, 4),
        "bound": round(found.bound, 4),
        "fine": found.fine,
    }
