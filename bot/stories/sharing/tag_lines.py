"""The few coarse facts that may stand beside somebody's stories: one line a person for ever, only ever coarser."""

import json
from collections.abc import Mapping

from sqlmodel import Session, select

from bot.people import service as people
from bot.people.models import Scope
from bot.settings import Settings
from bot.stories import risks, service
from bot.stories.models import State, TagLine, Transcript
from bot.words import plain

#: genders are said as other words beside a story
_GENDERS = frozenset(["woman", "man", "another"])


def current(session: Session, transcript: Transcript, settings: Settings) -> str:
    """What may be printed beside a story at this moment; "" without the leader's consent, or where too few share it.

    Beside a draft it is only a preview. Once signed off, the line that came out is kept, so that a later one is
    never finer.
    """
    workspace, leader = transcript.workspace, transcript.member_id
    if not people.has_consent(session, workspace=workspace, member_id=leader, scope=Scope.TAG_LINE):
        return ""
    kept = _kept(session, leader)
    facts = _finest(session, transcript, settings, json.loads(kept.facts) if kept else None)
    if facts is None:
        return ""
    if transcript.state is not State.DRAFT:
        kept = kept or TagLine(workspace=workspace, member_id=leader, facts="")
        kept.facts = json.dumps(facts)
        session.add(kept)
    return in_words(facts)


def with_permission(session: Session, transcript: Transcript, settings: Settings) -> str:
    """The same as if its leader permitted it, for their eyes only: they see it before they say yes."""
    kept = _kept(session, transcript.member_id)
    facts = _finest(session, transcript, settings, json.loads(kept.facts) if kept else None)
    return in_words(facts) if facts is not None else ""


def in_words(facts: Mapping[str, str]) -> str:
    """Column -> value as others read it ("female, rural, under 40"); "" for nothing said."""
    if not facts:
        return ""
    said = [_word(value) for value in facts.values()]
    return ", ".join(said if "profession" in facts else [*said, plain("risk.leader")])


def _kept(session: Session, leader: str) -> TagLine | None:
    return session.exec(select(TagLine).where(TagLine.member_id == leader)).first()


def _word(value: str) -> str:
    return plain(f"risk.{value}") if value in _GENDERS else value


def _finest(
    session: Session, transcript: Transcript, settings: Settings, before: Mapping[str, str] | None
) -> dict[str, str] | None:
    """The finest line that fits every text of this leader's; never finer than what was printed before."""
    from bot.anonymise.risk.assess import line_beside

    members = list(risks.members(session, workspace=transcript.workspace))
    out = risks.out_now(session, workspace=transcript.workspace, but=transcript.id)
    own = [story.text for story in out if story.speaker == transcript.member_id]
    heard = frozenset(story.speaker for story in out) | {transcript.member_id}
    texts = [_text(session, transcript), *own]
    return line_beside(
        texts, speaker=transcript.member_id, members=members, heard=heard, k=settings.min_group, before=before
    )


def _text(session: Session, transcript: Transcript) -> str:
    story = service.story_of(session, transcript)
    if story is not None:
        return story.text
    return "\n\n".join(paragraph.text for paragraph in service.draft_of(transcript).paragraphs)
