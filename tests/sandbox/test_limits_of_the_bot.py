"""Everything the bot shows today, said of ordinary and of extreme people, passes what Slack would refuse."""

import importlib
import inspect
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

import bot
from bot.anonymise.risk.models import Assessment, Risk, RiskKind
from bot.desk import views as desk
from bot.desk import windows as desk_windows
from bot.desk.ids import PartRef
from bot.desk.ids import Ref as DeskRef
from bot.desk.models import Opening, Waiting, Why
from bot.desk.raw import Part
from bot.errors import Trouble
from bot.interviews import views as interviews
from bot.interviews.models import Answer, Whose
from bot.people import views as people
from bot.people import windows as people_windows
from bot.people.bands import Gender, OrganisationKind, Profession, Profile, Region, Setting
from bot.people.models import Changed, ConsentFact, Member, Scope
from bot.sandbox.limits import LONGEST_UPDATE, check_message, check_view
from bot.slack.models import Message
from bot.stories import views as stories
from bot.stories import windows as story_windows
from bot.stories.elsewhere import Recalled
from bot.stories.ids import Ref
from bot.stories.models import Draft, Hidden, Log, Paragraph, Self, State, Transcript
from bot.stories.review import views as review_views
from bot.stories.review.lines import Line, LineKind, lines
from bot.stories.review.looking import Looked, Sitting
from bot.stories.sharing import views as story_views
from bot.stories.signing import views as signing_views
from bot.stories.signing.permissions import BEHIND_SHARING, Asked
from bot.words import entries, say

MOMENT = datetime(2027, 3, 4, 12, tzinfo=UTC)
ID = "0" * 32
#: what `say` makes five characters of each, and what JSON makes two of
AWKWARD = "&<>" * 50
SPEECH = 'She said "no" and\twe 😀 ' * 140
PROFILE = Profile(
    organisation=AWKWARD,
    place=AWKWARD,
    organisation_kind=OrganisationKind.VOLUNTARY_ORGANISATION,
    profession=Profession.OCCUPATIONAL_THERAPIST,
    region=Region.NORTH_EAST_AND_YORKSHIRE,
    setting=Setting.COASTAL,
    gender=Gender.ANOTHER,
)
EVERYTHING = frozenset(Scope)


class LongTrouble(Trouble):
    """Something went wrong with {what}."""


def member(name: str, profile: Profile) -> Member:
    made = Member(workspace="T1", slack_id="U1", name=name, joined_at=MOMENT)
    made.take(profile)
    return made


def transcript(state: State = State.DRAFT, *, changing: bool = False) -> Transcript:
    return Transcript(
        id=ID, workspace="T1", member_id=ID, recording_id=ID, state=state, changing=changing, made_at=MOMENT
    )


def draft(paragraphs: int, text: str, descriptors: int = 0) -> Draft:
    made = tuple(f"[a colleague in practice {number}]" for number in range(descriptors))
    words = " and ".join(made)
    return Draft(tuple(Paragraph(f"{text[:1500]}{words}"[:3000], unsure=True) for _ in range(paragraphs)), made)


def hidden(count: int, words: str) -> Log:
    """So many things that were hidden; each may be as long as the window for hiding more takes (200)."""
    return Log(
        tuple(Hidden(0, f"PERSON-{number}", f"[a colleague {number}]", "PERSON", words, "x") for number in range(count))
    )


def standing(given: bool) -> dict[Scope, ConsentFact]:
    return dict.fromkeys(Scope, ConsentFact(given, MOMENT, "v1"))


def sitting(words: Draft, more: int = 0) -> Sitting:
    """Lines of every kind that the words have, none of them decided."""
    places = range(min(20, len(words.paragraphs)))
    phrase = [paragraph.text[:150] for paragraph in words.paragraphs]
    risks = tuple(Risk(RiskKind.SINGLING_OUT, n, phrase[n], 1, (AWKWARD,) * 3, AWKWARD * 2) for n in places)
    names = tuple(Hidden(n, f"PERSON:{n}", mark, "PERSON", "😀" * 200, "x") for n, mark in enumerate(words.descriptors))
    log = Log(tuple(name for name in names if name.place in places) * 8)
    found = lines(words, log, Assessment(risks), SELF, quotable=True)
    return Sitting(words, Looked(), tuple(found), more)


REF, LONG_REF = Ref(ID, 1), Ref(ID, 10**9, 10**6, "v" * 16)
SELF = Self("Amina Okafor", "", "")
HOME = [
    *stories.home_section([transcript(), *[transcript(State.PUBLISHED)] * 200]),
    *stories.waits_section(10**6),
]
DRAFTS = (draft(1, "We listened."), draft(40, SPEECH), draft(40, "x" * 1500, 40), draft(300, "Yes."), Draft(()))
LINE = Line("0" * 16, LineKind.UNCLEAR, 0, "", "")
ASKED = Asked(BEHIND_SHARING, False, "x" * 80, "female, rural, under 40, primary care leader", "v1")
ASKED_NOTHING = Asked((), True, "stories", "", "v1")
ASKED_FIRST = Asked((), True, "x" * 80, ASKED.tag_line, "v1")
ZONE, DESK_REF = "Europe/London", DeskRef(ID, ID, 10**6)
WAITING = Waiting(ID, MOMENT, 3600.0, 400, 3000.0, True, MOMENT)
OPENING = Opening(
    workspace="T1",
    transcript_id=ID,
    recording_id=ID,
    by="U1",
    turn=0,
    why=Why.OTHER,
    words="😀" * 300,
    opened_at=MOMENT,
    until=MOMENT,
)
LOGS = (Log(), hidden(3, "Sam"), hidden(200, "😀" * 200), hidden(200, "Amina Okafor"))

#: builder -> the ways in which it is called here
#: taken back, and still to go: nothing, and far more than there ever is
LONG_LINK = "https://example.slack.com/files/U1/F1/" + "x" * 2000
PARTS = [name for name in entries() if name.startswith("sharing.recalled_") and entries()[name]["vars"] == ["count"]]
BEYOND = say("sharing.beyond_export", date="4 March 2027")
MUCH = [Recalled(what, count, (BEYOND,)) for what in PARTS for count in (1, 10**6)]
RECALLED: list[tuple[list[Recalled], list[Recalled]]] = [([], []), (MUCH, []), (MUCH, MUCH)]

SHOWN: dict[Callable[..., Any], list[Callable[[], Any]]] = {
    people.hello: [lambda n=name: people.hello(n) for name in ("", "Dr Amina Okafor", AWKWARD, "😀" * 80)],
    people.not_now: [people.not_now],
    people.welcome: [lambda g=given: people.welcome(AWKWARD, g) for given in ((), EVERYTHING)],
    people.just_text: [lambda g=given: people.just_text(g) for given in ((), EVERYTHING)],
    people.details_saved: [people.details_saved],
    people.permissions_changed: [
        lambda c=changed: people.permissions_changed(c, ())
        for changed in (Changed(), Changed(EVERYTHING), Changed(withdrawn=EVERYTHING), Changed(EVERYTHING, EVERYTHING))
    ],
    people.permissions_moved_on: [people.permissions_moved_on],
    people.home_of_guest: [lambda n=name: people.home_of_guest(n) for name in ("", "Amina", AWKWARD)],
    people.home: [
        lambda: people.home(member("Amina Okafor", Profile()), {}, []),
        lambda: people.home(member("", Profile()), {}, []),
        lambda: people.home(member(AWKWARD, PROFILE), standing(True), HOME),
        lambda: people.home(member(AWKWARD, PROFILE), standing(False), HOME * 2),
    ],
    people_windows.how_it_works: [people_windows.how_it_works],
    people_windows.joining: [
        lambda n=name: people_windows.joining(n, "America/Argentina/ComodRivadavia") for name in ("", "Amina", AWKWARD)
    ],
    people_windows.permissions: [lambda g=given: people_windows.permissions(g) for given in ((), EVERYTHING)],
    people_windows.details: [
        lambda: people_windows.details("Amina", Profile()),
        lambda: people_windows.details(AWKWARD * 2, PROFILE),
    ],
    interviews.at_once: [lambda a=answer: interviews.at_once(a) for answer in Answer],
    interviews.received: [lambda w=waits: interviews.received(ID, waiting=w) for waits in (True, False)],
    interviews.listening: [
        lambda p=part, s=seconds: interviews.listening(ID, p, s)
        for part, seconds in ((0, None), (0.5, 60.0), (1, 10.0**7))
    ],
    interviews.hiding: [lambda: interviews.hiding(ID)],
    interviews.ready: [lambda w=whose: interviews.ready(ID, w) for whose in (None, *Whose)],
    interviews.which_voice: [
        lambda p=played: interviews.which_voice(ID, goes_at=MOMENT, played=p) for played in (True, False)
    ],
    interviews.voices_reminder: [
        lambda o=once: interviews.voices_reminder(last=o, goes_at=MOMENT) for once in (True, False)
    ],
    interviews.refused: [lambda: interviews.refused("That is no recording."), lambda: interviews.refused(AWKWARD)],
    interviews.consent_gone: [interviews.consent_gone],
    interviews.expired: [lambda a=asked: interviews.expired(asked=a) for asked in (True, False)],
    interviews.withdrawn: [interviews.withdrawn],
    interviews.fetch_later: [lambda: interviews.fetch_later(ID)],
    interviews.broke: [lambda n=name: interviews.broke(n, ID) for name in ("broke_hiding", "broke_listening")],
    interviews.clip_gone: [interviews.clip_gone],
    stories.first_page: [
        lambda d=words, m=more, c=changing: stories.first_page(
            transcript(changing=c), sitting(d, m), deletion=None if c else MOMENT, notes=["A note."] * 5, asked=ASKED
        )
        for words in DRAFTS
        for more in (0, 10**6)
        for changing in (True, False)
    ],
    stories.text_message: [
        lambda d=words, p=page, c=changing: stories.text_message(
            transcript(changing=c), d, page=p, deletion=None if c else MOMENT, asked=ASKED
        )
        for words in DRAFTS
        for page in (0, 1, 10**6)
        for changing in (True, False)
    ],
    review_views.line_modal: [
        lambda d=words, n=number: review_views.line_modal(
            transcript(), sitting(d), sitting(d).lines[n], note=say("stories.playing")
        )
        for words in DRAFTS
        for number in range(len(sitting(words).lines))
    ],
    review_views.change_modal: [
        lambda w=words: review_views.change_modal(transcript(), LINE, w) for words in ("", SPEECH, "😀" * 3000)
    ],
    review_views.all_looked_modal: [
        lambda d=words, m=more: review_views.all_looked_modal(transcript(), sitting(d, m))
        for words in DRAFTS
        for more in (0, 10**6)
    ],
    signing_views.signing_modal: [
        lambda a=a: signing_views.signing_modal(LONG_REF, a) for a in (ASKED, ASKED_NOTHING, ASKED_FIRST)
    ],
    signing_views.nothing_shared_modal: [signing_views.nothing_shared_modal],
    signing_views.waiting_modal: [signing_views.waiting_modal],
    signing_views.kept_as_was_modal: [signing_views.kept_as_was_modal],
    story_views.sharing_message: [lambda: story_views.sharing_message(LONG_REF)],
    story_views.shared_message: [
        lambda url=link, raw=raw: story_views.shared_message(transcript(), channel_id="C1", clip_link=url, raw_goes=raw)
        for link, raw in (("", None), (LONG_LINK, MOMENT))
    ],
    story_views.waiting_to_share_message: [lambda: story_views.waiting_to_share_message(REF)],
    story_views.no_longer_message: [story_views.no_longer_message],
    story_views.withdrawing_message: [lambda d=d, x=x: story_views.withdrawing_message(d, x) for d, x in RECALLED],
    story_views.withdrawn_message: [
        lambda d=d, u=url: story_views.withdrawn_message(d, clip_link=u) for d, _ in RECALLED for url in ("", LONG_LINK)
    ],
    story_views.withdraw_later_message: [
        lambda d=d, x=x: story_views.withdraw_later_message(d, x) for d, x in RECALLED
    ],
    stories.reminder_message: [
        lambda last=last: stories.reminder_message(last=last, deletion=MOMENT) for last in (True, False)
    ],
    stories.raw_gone_message: [stories.raw_gone_message],
    stories.kept_as_was_message: [stories.kept_as_was_message],
    story_views.story_messages: [
        lambda t=text: story_views.story_messages(t, "woman, <rural>, under 40")
        for text in ("", "We listened.", "\n\n".join([SPEECH[:3000]] * 30), "\n\n".join(["Yes."] * 300))
    ],
    stories.home_section: [lambda: stories.home_section([]), lambda: stories.home_section([transcript()])],
    stories.waits_section: [lambda n=number: stories.waits_section(n) for number in (0, 1, 10**6)],
    story_windows.edit_modal: [
        lambda d=words, p=page: story_windows.edit_modal(Ref(ID, 1, p), d)
        for words in DRAFTS
        for page in {0, len(stories.pages(words.paragraphs, words.descriptors)) - 1}
    ],
    story_windows.hide_modal: [lambda: story_windows.hide_modal(LONG_REF)],
    story_windows.shown_modal: [
        lambda g=log, d=gone: story_windows.shown_modal(REF, g, deleted=d) for log in LOGS for gone in (True, False)
    ],
    story_windows.put_back_modal: [lambda g=log: story_windows.put_back_modal(REF, g, SELF) for log in LOGS],
    story_windows.clip_how_modal: [story_windows.clip_how_modal],
    story_windows.trouble_modal: [
        lambda w=what: story_windows.trouble_modal(LongTrouble(what=w)) for what in ("it", AWKWARD)
    ],
    desk.desk_section: [lambda w=w: desk.desk_section(w, now=MOMENT, time_zone=ZONE) for w in ([], [WAITING] * 200)],
    desk.openings_section: [lambda n=n: desk.openings_section([OPENING] * n, time_zone=ZONE) for n in (1, 200)],
    desk_windows.reason_modal: [
        lambda a=asked: desk_windows.reason_modal(DESK_REF, minutes=60, asked=a) for asked in (True, False)
    ],
    desk_windows.raw_modal: [
        lambda p=parts: desk_windows.raw_modal(DESK_REF, p, until=MOMENT, time_zone=ZONE, note=say("desk.saved"))
        for parts in ([], [Part(0, 18, text, True) for text in ("", "😀" * 3_000, AWKWARD, SPEECH)] * 20)
    ],
    desk_windows.correct_modal: [
        lambda w=words: desk_windows.correct_modal(PartRef(ID, 1 / 3, 2 / 3, 10**6), w) for words in ("", "😀" * 3_000)
    ],
    desk_windows.over_modal: [lambda: desk_windows.over_modal(ID)],
    desk_windows.done_modal: [desk_windows.done_modal],
    desk_windows.why_modal: [lambda o=o: desk_windows.why_modal(o, time_zone=ZONE) for o in ([], [OPENING] * 200)],
    desk_windows.trouble_modal: [lambda: desk_windows.trouble_modal(LongTrouble(what=AWKWARD))],
}  # fmt: skip


def check(made: Any) -> None:
    """What one builder made, as Slack would get it over the wire."""
    match made:
        case None:
            pass  # nothing is said
        case Message():
            assert 0 < len(made.text) <= LONGEST_UPDATE
            check_message(over_the_wire(made.blocks))
        case View():
            check_view(json.loads(json.dumps(made.to_dict())))
        case [*several] if all(isinstance(each, Message) for each in several):
            assert several
            for each in several:
                check(each)
        case _:
            check_view({"type": "home", "blocks": over_the_wire(made)})


def over_the_wire(blocks: Any) -> Any:
    return json.loads(json.dumps([block.to_dict() for block in blocks]))


@pytest.mark.parametrize("builder", SHOWN, ids=lambda builder: f"{builder.__module__}.{builder.__name__}")
def test_what_the_bot_shows_is_within_slacks_limits(builder: Callable[..., Any]) -> None:
    for made in SHOWN[builder]:
        check(made())


def builders() -> Iterator[Callable[..., Any]]:
    """Every public function of the bot's views and windows that gives a message, a view or blocks."""
    for path in sorted(Path(bot.__file__).parent.glob("*/*.py")):
        if path.stem.endswith(("views", "windows")) and path.parent.name not in ("sandbox", "voice"):
            module = importlib.import_module(f"bot.{path.parent.name}.{path.stem}")
            for name, made in inspect.getmembers(module, inspect.isfunction):
                returned = made.__annotations__.get("return")
                if made.__module__ == module.__name__ and not name.startswith("_") and returned in GIVEN:
                    yield made


GIVEN = (Message, View, list[Block], list[Message], Message | None)


def test_nothing_that_the_bot_shows_is_left_out_here() -> None:
    found = set(builders())
    assert len(found) > 40
    assert found <= SHOWN.keys()


class Anything(int):
    """A value that passes for a number, a yes or no, a text and a list, and is long when it is read."""

    def __str__(self) -> str:
        return AWKWARD[:80]

    def __iter__(self) -> Iterator[str]:
        return iter([AWKWARD[:80]])


#: what is never in a message
FILES = {"sharing.story_markdown", "sharing.index_markdown", "sharing.export_readme"}


@pytest.mark.parametrize("name", sorted(entries().keys() - FILES))
def test_a_sentence_fits_a_section_and_an_edit_however_long_the_names_in_it(name: str) -> None:
    for number in (0, 1, 2):
        said = say(name, **dict.fromkeys(entries()[name]["vars"], Anything(number)))
        assert len(said) <= 3000
        if said:
            check_message([{"type": "section", "text": {"type": "mrkdwn", "text": said}}])
