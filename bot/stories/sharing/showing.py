"""What may be shown of signed-off stories now: the channel, the shelf, the index and exports take it here."""

from datetime import datetime

from sqlmodel import Session, col, select

from bot.people import service as people
from bot.people.models import Scope
from bot.stories import service
from bot.stories.models import Shown, State, Story, Transcript


def shown(session: Session, transcript_id: str, *, now: datetime) -> Shown | None:
    """The story of a transcript as others may see it now; None if they may not (`service.may_share`)."""
    transcript = session.get_one(Transcript, transcript_id)
    story = service.story_of(session, transcript)
    return _shown(session, story, transcript, now) if story is not None else None


def all_shown(session: Session, *, now: datetime) -> list[Shown]:
    """Every story that may be shown now, by its random name, so that the order tells nothing of who spoke when."""
    rows = select(Story, Transcript).join(Transcript, col(Transcript.id) == Story.transcript_id)
    found = [_shown(session, story, transcript, now) for story, transcript in session.exec(rows)]
    return sorted((story for story in found if story is not None), key=lambda story: story.name)


def with_tag_line(session: Session, *, workspace: str) -> list[tuple[str, str]]:
    """What is out with a few coarse facts beside it: ids of transcripts and of their leaders."""
    rows = select(Transcript.id, Transcript.member_id).join(Story, col(Story.transcript_id) == Transcript.id)
    out = Transcript.workspace == workspace, Transcript.state == State.PUBLISHED, col(Story.tag_line).is_not(None)
    return list(session.exec(rows.where(*out)))


def _shown(session: Session, story: Story, transcript: Transcript, now: datetime) -> Shown | None:
    if not service.may_share(session, workspace=story.workspace, transcript_id=transcript.id):
        return None
    whose = {"workspace": story.workspace, "member_id": transcript.member_id}
    with_facts = bool(story.tag_line) and people.has_consent(session, **whose, scope=Scope.TAG_LINE)
    return Shown(
        name=story.name,
        workspace=story.workspace,
        text=story.text,
        month=f"{story.published_at or now:%Y-%m}",
        tag_line=(story.tag_line or "") if with_facts else "",
        is_out=story.published_at is not None,
    )
