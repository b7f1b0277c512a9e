"""Changes of a draft: asked for, kept until they are worked in, or dropped. Whoever calls commits."""

import json
from collections.abc import Collection, Mapping

from sqlmodel import Session, select

from bot.store import audit
from bot.stories import service
from bot.stories.errors import NothingLeft, NotInDraft
from bot.stories.models import Change, ChangeKind, Draft, Log, Transcript
from bot.stories.review.looking import decisions_from
from bot.stories.wordage import tidied


def ask_to_edit(session: Session, transcript: Transcript, *, typed: Mapping[int, str]) -> Change | None:
    """Records new texts for paragraphs (an empty one strikes it out); None if nothing is different."""
    draft = service.draft_of(transcript)
    tidy = {place: tidied(text) for place, text in typed.items()}
    different = {place: text for place, text in tidy.items() if text != draft.paragraphs[place].text}
    if not different:
        return None
    if not any(different.get(place, paragraph.text) for place, paragraph in enumerate(draft.paragraphs)):
        raise NothingLeft()
    return ask(session, transcript, ChangeKind.EDIT, {str(place): text for place, text in different.items()})


def ask_to_hide(session: Session, transcript: Transcript, *, phrase: str) -> Change:
    """Records a phrase to hide everywhere; NotInDraft if it isn't in the words."""
    wanted = " ".join(phrase.lower().split())
    text = " ".join(" ".join(paragraph.text for paragraph in service.draft_of(transcript).paragraphs).lower().split())
    if not wanted or wanted not in text:
        raise NotInDraft()
    return ask(session, transcript, ChangeKind.HIDE, phrase.strip())


def ask_to_put_back(session: Session, transcript: Transcript, *, entities: Collection[str]) -> Change | None:
    """Records what to un-hide; whether it may be put back is judged again when it is done. None for nothing."""
    return ask(session, transcript, ChangeKind.PUT_BACK, sorted(entities)) if entities else None


def change_of(session: Session, change_id: str) -> tuple[Change, Transcript] | None:
    """A change and its transcript, while the change still waits; None once it was worked in or its words withdrawn."""
    change = session.get(Change, change_id)
    transcript = session.get(Transcript, change.transcript_id) if change else None
    if change is None or transcript is None or not transcript.changing or transcript.version != change.from_version:
        return None
    return change, transcript


def work_in(session: Session, *, change_id: str, draft: Draft, log: Log, risks: str) -> None:
    """Makes the changed words the newest version, with the risks that were found in them."""
    waiting = change_of(session, change_id)
    if waiting is None:
        return
    change, transcript = waiting
    transcript.draft, transcript.risks = draft.to_json(), risks
    transcript.version += 1
    transcript.changing = False
    if service.keeps_log(session, transcript):  # once deleted, as was promised, hidden words are not kept again
        service.keep_log(session, transcript, log)
    session.delete(change)
    audit.note(
        session,
        workspace=transcript.workspace,
        actor=transcript.member_id,
        action=f"draft {change.kind.value}",
        subject=transcript.id,
    )


def drop_change(session: Session, change_id: str) -> str | None:
    """Leaves the words as they were before the change; gives the transcript's id until the change is forgotten.

    What was decided line by line waits again to be carried out.
    """
    change = session.get(Change, change_id)
    if change is None:
        return None
    transcript = session.get_one(Transcript, change.transcript_id)
    transcript.changing = False
    if change.kind is ChangeKind.REVIEW:
        decisions = decisions_from(json.loads(change.content))
        transcript.looked = service.looked_of(transcript).unsettled(decisions).to_json()
    return transcript.id


def forget_change(session: Session, change_id: str) -> None:
    """Deletes a change that was dropped, once its leader knows."""
    change = session.get(Change, change_id)
    if change is not None:
        session.delete(change)


def ask(session: Session, transcript: Transcript, kind: ChangeKind, content: object) -> Change:
    """Records a change to be worked in; the words are at rest until then."""
    transcript.changing = True
    for dropped in session.exec(select(Change).where(Change.transcript_id == transcript.id)):
        session.delete(dropped)  # its leader was just being told of it
    session.flush()
    change = Change(
        workspace=transcript.workspace,
        transcript_id=transcript.id,
        from_version=transcript.version,
        kind=kind,
        content=json.dumps(content),
    )
    session.add(change)
    return change
