"""The permissions behind sharing: how they stand, whether they must be asked again, and what a leader answers."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, func, select

from bot.people import service as people
from bot.people import wording
from bot.people.models import Changed, ConsentFact, Member, Scope
from bot.settings import Settings
from bot.stories.ids import Ref
from bot.stories.models import State, Transcript
from bot.stories.sharing import tag_lines
from bot.stories.signing.permissions import BEHIND_SHARING, Asked


def asked(session: Session, transcript: Transcript, settings: Settings) -> Asked:
    """What to put to the leader of a transcript now."""
    who = {"workspace": transcript.workspace, "member_id": transcript.member_id}
    facts, current = people.consents(session, **who), wording.current()
    before = _last_yes(session, transcript)
    return Asked(
        given=tuple(scope for scope in BEHIND_SHARING if people.has_consent(session, **who, scope=scope)),
        again=any(_ask_again(scope, facts.get(scope), current.version, before) for scope in BEHIND_SHARING),
        channel=settings.stories_channel.removeprefix("#"),
        tag_line=tag_lines.with_permission(session, transcript, settings),
        version=current.version,
    )


def _ask_again(scope: Scope, fact: ConsentFact | None, version: str, before: datetime | None) -> bool:
    """Never decided, decided under other words, or taken back since the last story: and sharing, whenever it's a no."""
    if fact is None or fact.wording_version != version:
        return True
    return not fact.given and (scope is Scope.SHARE or before is None or fact.decided_at > before)


def _last_yes(session: Session, transcript: Transcript) -> datetime | None:
    """When the leader last signed something off."""
    signed_off = col(Transcript.state).in_([State.APPROVED, State.PUBLISHED])
    wanted = select(func.max(Transcript.decided_at)).where(
        Transcript.workspace == transcript.workspace, Transcript.member_id == transcript.member_id, signed_off
    )
    return session.exec(wanted).one()


def ref_of(transcript: Transcript, shown: Asked) -> Ref:
    """What a button or window about signing off carries."""
    return Ref(transcript.id, transcript.version, w=shown.mark)


def answer(session: Session, leader: Member, *, given: Collection[Scope], version: str, now: datetime) -> Changed:
    """Records each permission behind sharing under the wording that was on the screen, the noes too."""
    return people.answer_consents(
        session,
        workspace=leader.workspace,
        member_id=leader.id,
        asked=BEHIND_SHARING,
        given=given,
        now=now,
        wording_version=version,
    )
