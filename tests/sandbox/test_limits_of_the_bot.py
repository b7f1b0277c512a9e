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
from bot.errors import Trouble
from bot.interviews import views as interviews
from bot.interviews.models import Answer
from bot.people import views as people
from bot.people import windows as people_windows
from bot.people.bands import Gender, OrganisationKind, Profession, Profile, Region, Setting
from bot.people.models import Changed, ConsentFact, Member, Scope
from bot.sandbox.limits import LONGEST_UPDATE, check_message, check_view
from bot.slack.models import Message
from bot.stories import views as stories
from bot.stories import windows as story_windows
from bot.stories.ids import Ref
from bot.stories.models import Draft, Hidden, Log, Paragraph, Self, State, Transcript
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


REF, LONG_REF = Ref(ID, 1), Ref(ID, 10**9, 10**6, "v" * 16)
SELF = Self("Amina Okafor", "", "")
HOME = [
    *stories.home_section([transcript(), *[transcript(State.PUBLISHED)] * 200]),
    *stories.waits_section(10**6),
]
DRAFTS = (draft(1, "We listened."), draft(40, SPEECH), draft(40, "x" * 1500, 40), draft(300, "Yes."), Draft(()))
LOGS = (Log(), hidden(3, "Sam"), hidden(200, "😀" * 200), hidden(200, "Amina Okafor"))

#: builder -> the ways in which it is called here
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
    interviews.ready: [interviews.ready],
    interviews.refused: [lambda: interviews.refused("That is no recording."), lambda: interviews.refused(AWKWARD)],
    interviews.consent_gone: [interviews.consent_gone],
    interviews.expired: [interviews.expired],
    interviews.withdrawn: [interviews.withdrawn],
    interviews.fetch_later: [lambda: interviews.fetch_later(ID)],
    interviews.broke: [lambda n=name: interviews.broke(n, ID) for name in ("broke_hiding", "broke_listening")],
    interviews.clip_gone: [interviews.clip_gone],
    stories.draft_message: [
        lambda d=words, p=page, c=changing: stories.draft_message(
            transcript(changing=c), d, page=p, channel="x" * 80, deletion=None if c else MOMENT
        )
        for words in DRAFTS
        for page in (0, 1, 10**6)
        for changing in (True, False)
    ],
    stories.sharing_message: [lambda: stories.sharing_message(LONG_REF)],
    stories.shared_message: [
        lambda url=link, raw=raw: stories.shared_message(transcript(), channel_id="C1", clip_link=url, raw_goes=raw)
        for link, raw in (("", None), ("https://example.slack.com/files/U1/F1/" + "x" * 2000, MOMENT))
    ],
    stories.waiting_to_share_message: [lambda: stories.waiting_to_share_message(REF)],
    stories.no_longer_message: [stories.no_longer_message],
    stories.withdrawing_message: [stories.withdrawing_message],
    stories.withdrawn_message: [lambda w=was: stories.withdrawn_message(was_shared=w) for was in (True, False)],
    stories.withdraw_later_message: [stories.withdraw_later_message],
    stories.reminder_message: [
        lambda last=last: stories.reminder_message(last=last, deletion=MOMENT) for last in (True, False)
    ],
    stories.raw_gone_message: [stories.raw_gone_message],
    stories.kept_as_was_message: [stories.kept_as_was_message],
    stories.story_messages: [
        lambda t=text: stories.story_messages(t)
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
    story_windows.consent_modal: [lambda: story_windows.consent_modal(LONG_REF)],
    story_windows.clip_how_modal: [story_windows.clip_how_modal],
    story_windows.trouble_modal: [
        lambda w=what: story_windows.trouble_modal(LongTrouble(what=w)) for what in ("it", AWKWARD)
    ],
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
        if path.stem in ("views", "windows") and path.parent.name not in ("sandbox", "voice"):
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


@pytest.mark.parametrize("name", sorted(entries().keys() - {"stories.story_markdown"}))  # a file, not a message
def test_a_sentence_fits_a_section_and_an_edit_however_long_the_names_in_it(name: str) -> None:
    for number in (0, 1, 2):
        said = say(name, **dict.fromkeys(entries()[name]["vars"], Anything(number)))
        assert len(said) <= 3000
        if said:
            check_message([{"type": "section", "text": {"type": "mrkdwn", "text": said}}])
