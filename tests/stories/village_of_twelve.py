"""Twelve members of a community in the database, most of them alike, and what they told."""

from typing import Any

from bot.people import service as people
from bot.people.bands import AgeBand, Gender, Profession, Profile, Setting
from bot.people.models import Scope
from bot.settings import Settings
from bot.store.engine import Store
from bot.stories import service
from bot.stories.models import Draft, Log, Paragraph, Transcript
from tests.still_clock import StillClock

EVERYTHING = frozenset({Scope.RECORD, Scope.TRANSCRIBE, Scope.SHARE, Scope.TAG_LINE})
USUAL: dict[str, Any] = {
    "profession": Profession.GP,
    "setting": Setting.RURAL,
    "gender": Gender.WOMAN,
    "age_band": AgeBand.UNDER_40,
    "organisation": "Brackenford Surgery",
}
SETTINGS = Settings(_env_file=None)  # type: ignore[call-arg]


class Twelve:
    """Members U0 to U11; `special` changes the profile of the first."""

    def __init__(self, store: Store, clock: StillClock, **special: Any) -> None:
        self.store, self.clock = store, clock
        with store.session() as session:
            self.ids = [
                people.join(
                    session,
                    workspace="T1",
                    slack_id=f"U{n}",
                    name=f"Member {n}",
                    profile=Profile(**(USUAL | (special if n == 0 else {}))),
                    consents=EVERYTHING,
                    now=clock(),
                ).id
                for n in range(12)
            ]

    def drafts(self, n: int, text: str = "We listened.", recording: str = "") -> str:
        """A draft of the n-th member's; gives its id."""
        with self.store.session() as session:
            return service.new_draft(
                session,
                workspace="T1",
                member_id=self.ids[n],
                recording_id=recording or f"R{n}",
                draft=Draft((Paragraph(text),)),
                log=Log(),
                now=self.clock(),
            ).id

    def tells(self, n: int, text: str = "We listened.", recording: str = "") -> str:
        """The same, signed off and out."""
        transcript_id = self.drafts(n, text, recording)
        with self.store.session() as session:
            service.approve(session, session.get_one(Transcript, transcript_id), now=self.clock())
            service.published(session, transcript_id=transcript_id, now=self.clock(), keep_raw_days=0)
        return transcript_id

    def change(self, n: int, **facts: Any) -> None:
        """The n-th member says something else of themself."""
        with self.store.session() as session:
            profile = Profile(**(USUAL | facts))
            people.change_profile(session, workspace="T1", member_id=self.ids[n], name=f"Member {n}", profile=profile)

    def permits(self, n: int, scopes: frozenset[Scope]) -> None:
        """The n-th member decides on every permission."""
        with self.store.session() as session:
            people.decide_consents(session, workspace="T1", member_id=self.ids[n], given=scopes, now=self.clock())
