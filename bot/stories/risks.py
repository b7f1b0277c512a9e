"""What a draft is judged against, and a risk in words for the person whose words they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from bot.anonymise.risk.models import Published, Risk, RiskKind
from bot.people.models import Member
from bot.settings import Settings
from bot.stories import service
from bot.stories.models import State, Story, Transcript
from bot.words import Safe, say

#: what of a member the community's own readers may know, as in members.csv
COLUMNS = (
    *("id", "name", "slack_name", "organisation", "organisation_kind", "place", "profession", "setting", "region"),
    *("gender", "age_band", "career_stage", "languages", "time_zone", "working_days", "nation"),
)


@dataclass(frozen=True)
class Facing:
    """For `EngineRoom.assess`: the speaker's member id, the members' rows, and the stories that are out."""

    speaker: str
    members: tuple[dict[str, str], ...]
    published: tuple[Published, ...]


def facing(session: Session, transcript: Transcript, settings: Settings) -> Facing:
    """Those who are members now, and the other stories that others may read now."""
    return Facing(
        transcript.member_id,
        tuple(members(session, workspace=transcript.workspace)),
        tuple(out_now(session, workspace=transcript.workspace, but=transcript.id)),
    )


def members(session: Session, *, workspace: str) -> Iterable[dict[str, str]]:
    """A row as in members.csv for everybody who is a member now."""
    here = select(Member).where(Member.workspace == workspace, col(Member.left_at).is_(None)).order_by(Member.id)
    return [{column: str(getattr(member, column)) for column in COLUMNS} for member in session.exec(here)]


def out_now(session: Session, *, workspace: str, but: str = "") -> list[Published]:
    """The stories that may be read now, except that of one transcript."""
    rows = select(Story, Transcript).join(Transcript, col(Transcript.id) == Story.transcript_id)
    out = rows.where(Transcript.workspace == workspace, Transcript.state == State.PUBLISHED, Transcript.id != but)
    return [
        Published(story.text, transcript.member_id)
        for story, transcript in session.exec(out.order_by(Story.name))
        if service.may_share(session, workspace=workspace, transcript_id=transcript.id)
    ]


def in_words(risk: Risk) -> Safe:
    """Why the phrase could tell who is speaking, and the softer words there are.

    How many fit is not said: of fewer than k people no figure is told (rule 6), not even to one of them.
    """
    softer = say("risk.softer", softer=risk.softer) if risk.softer else ""
    return Safe(" ".join(part for part in (_why(risk), softer) if part))


def _why(risk: Risk) -> Safe:
    if risk.kind is RiskKind.LINKAGE:
        return say("risk.linkage", phrase=risk.phrase)
    if risk.kind is RiskKind.ROSTER:
        return say("risk.roster", phrase=risk.phrase, fits=" or ".join(risk.fits))
    if risk.kind is RiskKind.INSIDER:
        return say("risk.insider", phrase=risk.phrase, fits=", ".join(risk.fits))
    return say("risk.singling_out", phrase=risk.phrase, fits=", ".join(risk.fits))
