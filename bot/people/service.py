"""Joining, permissions and roles: what is decided, recorded. Nothing here commits or speaks to Slack."""

from collections.abc import Collection, Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from bot.people import ledger
from bot.people import roster as rosters
from bot.people.bands import NOT_SAID, Profile
from bot.people.errors import NotJoined, TheyHaveNotJoined
from bot.people.models import Changed, Consent, ConsentFact, Member, RoleGrant, Scope
from bot.roles import Action, NotAllowed, Role, require
from bot.settings import Settings
from bot.store import audit

EVERY_SCOPE = frozenset(Scope)
#: what a facilitator hands out; a leader becomes one by joining, and the transcriber is named by the operator alone
APPOINTABLE = frozenset({Role.INTERVIEWER, Role.FACILITATOR})


def find(session: Session, *, workspace: str, slack_id: str) -> Member | None:
    """The member with the Slack id; None for somebody who never joined, or left."""
    member = _row(session, workspace, slack_id)
    return member if member and member.left_at is None else None


def get(session: Session, *, workspace: str, member_id: str) -> Member:
    """The member with our own id, also one who left; NotJoined if there is none."""
    member = session.exec(select(Member).where(Member.workspace == workspace, Member.id == member_id)).one_or_none()
    if member is None:
        raise NotJoined()
    return member


def join(
    session: Session,
    *,
    workspace: str,
    slack_id: str,
    name: str,
    profile: Profile,
    consents: Collection[Scope],
    now: datetime,
    slack_name: str = "",
    wording_version: str | None = None,
) -> Member:
    """Makes somebody a member and a leader, with the permissions that they gave.

    Joining again brings the facts up to date and adds permissions. It takes none back (that is
    `decide_consents`, whose caller pulls back what was published), except after leaving: then all starts afresh.
    """
    member, new = _claim(session, Member(workspace=workspace, slack_id=slack_id, name=name, joined_at=now))
    returning = member.left_at is not None
    member.name, member.slack_name = name, slack_name
    member.take(profile)
    if returning:
        member.left_at, member.joined_at = None, now
    session.add(member)
    _grant(session, member, Role.LEADER, by=member.id)
    action = "joined" if new else "joined again"
    audit.note(session, workspace=workspace, actor=member.id, action=action, subject=member.id)
    asked = EVERY_SCOPE if returning else frozenset(consents)
    ledger.decide(session, member, frozenset(consents), asked, now, wording_version)
    return member


def change_profile(session: Session, *, workspace: str, member_id: str, name: str, profile: Profile) -> Member:
    """Puts what the member says now in place of what they said before."""
    member = get(session, workspace=workspace, member_id=member_id)
    member.name = name
    member.take(profile)
    session.add(member)
    audit.note(session, workspace=workspace, actor=member.id, action="profile changed", subject=member.id)
    return member


def has_consent(session: Session, *, workspace: str, member_id: str, scope: Scope) -> bool:
    """Whether the member permits it at this moment; False for who never decided, who left, and who is not known."""
    latest = session.exec(
        select(Consent.given)
        .join(Member, col(Member.id) == Consent.member_id)
        .where(Consent.workspace == workspace, Consent.member_id == member_id, Consent.scope == scope)
        .where(Member.workspace == workspace, col(Member.left_at).is_(None))
        .order_by(col(Consent.turn).desc())
    ).first()
    return latest is True


def consents(session: Session, *, workspace: str, member_id: str) -> Mapping[Scope, ConsentFact]:
    """How each scope stands that the member ever decided on, in the order in which they are asked."""
    latest = ledger.latest(session, workspace, member_id)
    return {
        scope: ConsentFact(latest[scope].given, latest[scope].decided_at, latest[scope].wording_version)
        for scope in Scope
        if scope in latest
    }


def given_scopes(session: Session, *, workspace: str, member_id: str) -> frozenset[Scope]:
    """The scopes that stand as given."""
    return frozenset(scope for scope, latest in ledger.latest(session, workspace, member_id).items() if latest.given)


def decide_consents(
    session: Session,
    *,
    workspace: str,
    member_id: str,
    given: Collection[Scope],
    now: datetime,
    wording_version: str | None = None,
) -> Changed:
    """Records a decision on every scope: `given` are permitted, the others are not. Only what changed is written.

    `wording_version` is the one on the screen, the newest if not said; WordingMissing if it does not exist.
    """
    member = get(session, workspace=workspace, member_id=member_id)
    return ledger.decide(session, member, frozenset(given), EVERY_SCOPE, now, wording_version)


def answer_consents(
    session: Session,
    *,
    workspace: str,
    member_id: str,
    asked: Collection[Scope],
    given: Collection[Scope],
    now: datetime,
    wording_version: str,
) -> Changed:
    """Records an answer on every scope that was `asked`, the noes too, so that nobody is asked the same twice.

    WordingMissing if that version does not exist.
    """
    member = get(session, workspace=workspace, member_id=member_id)
    return ledger.answer(session, member, frozenset(given), frozenset(asked), now, wording_version)


def roles_of(session: Session, *, workspace: str, slack_id: str, settings: Settings) -> frozenset[Role]:
    """What somebody is: what they were granted, and what the operator's settings name them.

    The transcriber is whom the setting names and nobody else, whatever a row may say.
    """
    named = {Role.FACILITATOR: settings.first_facilitator, Role.TRANSCRIBER: settings.transcriber}
    by_setting = frozenset(role for role, holder in named.items() if holder == slack_id)
    member = find(session, workspace=workspace, slack_id=slack_id)
    granted = frozenset(grant.role for grant in _grants(session, member)) if member else frozenset()
    return (granted - {Role.TRANSCRIBER, Role.OPERATOR}) | by_setting


def appoint(session: Session, *, workspace: str, by: str, by_roles: Collection[Role], whom: str, role: Role) -> bool:
    """Gives `whom` (a Slack id) the role; False if they had it. NotAllowed, or TheyHaveNotJoined, changes nothing.

    `by` is the Slack id of whoever appoints, `by_roles` what they are at this moment.
    """
    member = _appointee(session, workspace, by_roles, whom, role)
    actor = _actor(session, workspace, by)
    if not _grant(session, member, role, by=actor):
        return False
    audit.note(session, workspace=workspace, actor=actor, action="appointed", subject=member.id, detail=role.value)
    return True


def revoke(
    session: Session, *, workspace: str, by: str, by_roles: Collection[Role], whom: str, role: Role, now: datetime
) -> bool:
    """Takes the role back; False if they did not have it. The same errors as `appoint`."""
    member = _appointee(session, workspace, by_roles, whom, role)
    held = [grant for grant in _grants(session, member) if grant.role == role]
    for grant in held:
        grant.revoked_at = now
        session.add(grant)
    if held:
        actor = _actor(session, workspace, by)
        audit.note(session, workspace=workspace, actor=actor, action="revoked", subject=member.id, detail=role.value)
    return bool(held)


def identifiers(session: Session, *, workspace: str, roster: Path | None) -> list[dict[str, str]]:
    """What must be hidden of everybody the community knows: its members, also those who left, and the roster's people.

    Rows with the keys `id,name,slack_name,organisation,organisation_kind,place`. RosterUnusable rather than a
    roster that is quietly left out.
    """
    members = session.exec(select(Member).where(Member.workspace == workspace).order_by(col(Member.joined_at)))
    known = [{column: _said(getattr(member, column)) for column in rosters.COLUMNS} for member in members]
    return known + (rosters.read(roster) if roster else [])


def _row(session: Session, workspace: str, slack_id: str) -> Member | None:
    return session.exec(select(Member).where(Member.workspace == workspace, Member.slack_id == slack_id)).one_or_none()


def _claim(session: Session, member: Member) -> tuple[Member, bool]:
    """The row of this Slack id, made if need be; another process may be making it at the same moment."""
    known = _row(session, member.workspace, member.slack_id)
    if known:
        return known, False
    try:
        with session.begin_nested():
            session.add(member)
    except IntegrityError:
        known = _row(session, member.workspace, member.slack_id)
        if known is None:
            raise
        return known, False
    return member, True


def _grants(session: Session, member: Member) -> list[RoleGrant]:
    standing = select(RoleGrant).where(RoleGrant.workspace == member.workspace, RoleGrant.member_id == member.id)
    return list(session.exec(standing.where(col(RoleGrant.revoked_at).is_(None))))


def _grant(session: Session, member: Member, role: Role, *, by: str) -> bool:
    if any(grant.role == role for grant in _grants(session, member)):
        return False
    session.add(RoleGrant(workspace=member.workspace, member_id=member.id, role=role, granted_by=by))
    return True


def _appointee(session: Session, workspace: str, by_roles: Collection[Role], whom: str, role: Role) -> Member:
    require(by_roles, Action.APPOINT_HOST)
    if role not in APPOINTABLE:
        raise NotAllowed()
    member = find(session, workspace=workspace, slack_id=whom)
    if member is None:
        raise TheyHaveNotJoined()
    return member


def _actor(session: Session, workspace: str, slack_id: str) -> str:
    """Our own id of whoever acts, so that the log says less; the Slack id where a setting named who has not joined."""
    member = find(session, workspace=workspace, slack_id=slack_id)
    return member.id if member else slack_id


def _said(value: str) -> str:
    return "" if value == NOT_SAID else str(value)
