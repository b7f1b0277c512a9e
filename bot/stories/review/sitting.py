"""A leader looks through their draft, line by line: decides and records. Whoever calls commits."""

from dataclasses import asdict, replace

from sqlmodel import Session, select

from bot.anonymise.risk.models import Assessment
from bot.people import service as people
from bot.people.models import Member, Scope
from bot.stories import changes, service
from bot.stories.errors import AlreadyDecided, NothingLeft, NothingThere
from bot.stories.models import Change, ChangeKind, Draft, State, Transcript
from bot.stories.review import looking
from bot.stories.review.lines import lines
from bot.stories.review.looking import Choice, Looked, Sitting, offers
from bot.stories.wordage import tidied


def sit(session: Session, transcript: Transcript) -> Sitting:
    """What there is to look at now."""
    draft = service.draft_of(transcript)
    looked = _standing(draft, service.looked_of(transcript))
    who = {"workspace": transcript.workspace, "member_id": transcript.member_id}
    found = lines(
        draft,
        service.log_of(session, transcript),
        Assessment.from_json(transcript.risks) if transcript.risks else Assessment(),
        service.self_of(people.get(session, **who)),
        quotable=people.has_consent(session, **who, scope=Scope.QUOTE),
    )
    here, more = looking.to_look_at(draft, found, looked)
    return Sitting(draft, looked, tuple(here), more)


def open_draft(session: Session, *, workspace: str, slack_id: str, transcript_id: str) -> tuple[Transcript, Member]:
    """A leader's own undecided draft, in whatever version, for reading and deciding on lines; one tap after the other.

    The errors of `service.open_own`; NothingThere once it was taken back, AlreadyDecided once it was signed off.
    """
    who = {"workspace": workspace, "slack_id": slack_id, "transcript_id": transcript_id}
    _one_at_a_time(session, transcript_id)
    transcript, member = service.open_own(session, **who)
    if transcript.state is State.WITHDRAWN:
        raise NothingThere()
    if transcript.state is not State.DRAFT:
        raise AlreadyDecided()
    return transcript, member


def decide(session: Session, transcript: Transcript, *, line_id: str, choice: Choice, typed: str = "") -> Sitting:
    """Records a choice for a line; done again it changes nothing. NothingLeft if no words would be left.

    A choice that the line doesn't offer counts as not made. Decisions whose words went with this one are asked again.
    """
    sitting = sit(session, transcript)
    line = sitting.line(line_id)
    if line is None or not offers(line, choice):
        return sitting
    made = looking.decide(line, choice, shown=sitting.shown(line), typed=tidied(typed))
    looked = sitting.looked.deciding(made)
    after = looking.worked(sitting.draft, looked.decisions)
    if after.leaves_nothing:
        raise NothingLeft()
    keep(transcript, looking.forgotten(looked, after.missed))
    return sit(session, transcript)


def settle(session: Session, transcript: Transcript, *, window: str = "") -> Change | None:
    """Makes one change of all that was decided; None if nothing was, or nothing will read differently.

    While another change is worked in, the decisions go on waiting. `window` hears how it went. A line whose words went
    meanwhile (its leader edited them, the transcriber put them right) counts as not looked at.
    """
    if transcript.changing:
        return None
    looked = _standing(service.draft_of(transcript), service.looked_of(transcript))
    different = any(decision.changes for decision in looked.decisions)
    keep(transcript, replace(looked.settled(), window=window if different else ""))
    if not different:
        return None
    content = [asdict(decision) for decision in looked.decisions]
    return changes.ask(session, transcript, ChangeKind.REVIEW, content)


def turn_to(transcript: Transcript, page: int | None) -> None:
    """Remembers which page of the full text is open in the message; None: the first page."""
    looked = service.looked_of(transcript)
    if looked.page != page:
        keep(transcript, replace(looked, page=page))


def keep(transcript: Transcript, looked: Looked) -> None:
    """Keeps how far the leader has come."""
    transcript.looked = looked.to_json()


def _standing(draft: Draft, looked: Looked) -> Looked:
    """Without the decisions that can't be carried out any more."""
    return looking.forgotten(looked, looking.worked(draft, looked.decisions).missed)


def _one_at_a_time(session: Session, transcript_id: str) -> None:
    """Two taps on one draft queue up. (SQLite passes over the lock: its transactions queue up anyway.)"""
    session.exec(select(Transcript.id).where(Transcript.id == transcript_id).with_for_update()).first()
