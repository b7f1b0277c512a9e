"""The ledger of consent: decisions are added, one below the other, and the latest of each scope counts."""

from datetime import datetime

from sqlmodel import Session, col, select

from bot.people import wording
from bot.people.models import Changed, Consent, Member, Scope
from bot.store import audit


def latest(session: Session, workspace: str, member_id: str) -> dict[Scope, Consent]:
    """The last decision on each scope that the member ever decided on."""
    theirs = select(Consent).where(Consent.workspace == workspace, Consent.member_id == member_id)
    return {row.scope: row for row in session.exec(theirs.order_by(col(Consent.turn)))}


def decide(
    session: Session,
    member: Member,
    given: frozenset[Scope],
    asked: frozenset[Scope],
    now: datetime,
    version: str | None,
) -> Changed:
    """Adds a row for every scope among `asked` whose standing changes; one never decided on stands as not given."""
    shown = wording.wording(version) if version else wording.current()
    _one_at_a_time(session, member)
    before = latest(session, member.workspace, member.id)
    stands = frozenset(scope for scope, row in before.items() if row.given)
    changed = Changed(given=(given & asked) - stands, withdrawn=(stands & asked) - given)
    for scope in sorted(changed.given | changed.withdrawn):
        turn = before[scope].turn + 1 if scope in before else 1
        session.add(_row(member, scope, turn, scope in given, now, shown.version))
        _note(session, member, scope, scope in given)
    return changed


def answer(
    session: Session, member: Member, given: frozenset[Scope], asked: frozenset[Scope], now: datetime, version: str
) -> Changed:
    """Like `decide`, and adds a row as well for what was asked for the first time, or in these words for the first."""
    changed = decide(session, member, given, asked, now, version)
    session.flush()
    for scope, row in _unheard(latest(session, member.workspace, member.id), asked, version):
        session.add(_row(member, scope, row.turn + 1 if row else 1, scope in given, now, version))
        _note(session, member, scope, scope in given)
    return changed


def _unheard(before: dict[Scope, Consent], asked: frozenset[Scope], version: str) -> list[tuple[Scope, Consent | None]]:
    rows = [(scope, before.get(scope)) for scope in sorted(asked)]
    return [(scope, row) for scope, row in rows if row is None or row.wording_version != version]


def _one_at_a_time(session: Session, member: Member) -> None:
    """Two decisions of one member queue up. (SQLite passes over the lock: its transactions queue up anyway.)"""
    session.exec(select(Member.id).where(Member.id == member.id).with_for_update()).one()


def _row(member: Member, scope: Scope, turn: int, given: bool, now: datetime, version: str) -> Consent:
    return Consent(
        workspace=member.workspace,
        member_id=member.id,
        scope=scope,
        turn=turn,
        given=given,
        wording_version=version,
        decided_at=now,
    )


def _note(session: Session, member: Member, scope: Scope, given: bool) -> None:
    action = "consent given" if given else "consent withdrawn"
    audit.note(
        session, workspace=member.workspace, actor=member.id, action=action, subject=member.id, detail=scope.value
    )
