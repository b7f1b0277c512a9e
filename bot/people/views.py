"""What people see of joining, their permissions and their Home. Pure: facts in, Block Kit out."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock
from slack_sdk.models.views import View

from bot.clock import local
from bot.people import wording
from bot.people.bands import NOT_SAID
from bot.people.ids import Act
from bot.people.models import Changed, ConsentFact, Member, Scope
from bot.slack.blocks import actions, button, header, peoples_words, section
from bot.slack.models import Message
from bot.words import Safe, plain, say

HOME_LIMIT = 100
#: without both of these, a voice note cannot become a draft
NEEDED_FOR_VOICE = (Scope.RECORD, Scope.TRANSCRIBE)
TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "dame", "rev", "sister"})


def first_name(name: str) -> str:
    """What to call somebody: the first word of their name that isn't a title."""
    return next((word for word in name.split() if word.rstrip(".").lower() not in TITLES), "")


def hello(name: str) -> Message:
    """The first thing that somebody hears who has not joined."""
    text = say("people.hello", who=first_name(name))
    not_now = button(plain("people.not_now_button"), Act.NOT_NOW)
    return Message(text, (section(text), actions(*_ways_in(), not_now)))


def not_now() -> Message:
    """What stands in place of the hello after "Not now"."""
    text = say("people.not_now")
    return Message(text, (section(text),))


def welcome(name: str, given: Collection[Scope]) -> Message:
    """After joining: what happens next, or what can be done without recording."""
    parts = (say("people.welcome", who=first_name(name)), _about_voice(given) or say("people.ready_for_voice"))
    return Message("\n".join(parts), tuple(section(part) for part in parts))


def just_text(given: Collection[Scope]) -> Message:
    """The answer to a line of text from a member."""
    text = _about_voice(given) or say("people.just_text")
    return Message(text, (section(text),))


def details_saved() -> Message:
    """After changing the profile."""
    text = say("people.details_saved")
    return Message(text, (section(text),))


def permissions_changed(changed: Changed, given: Collection[Scope]) -> Message:
    """What a decision changed; `given` is how things stand now."""
    parts = []
    if changed.given:
        parts.append(say("people.permissions_given", labels=labels(changed.given)))
    if changed.withdrawn:
        parts.append(say("people.permissions_withdrawn", labels=labels(changed.withdrawn)))
    without = _about_voice(given)
    if without and not changed.withdrawn.isdisjoint(NEEDED_FOR_VOICE):
        parts.append(without)
    parts = parts or [say("people.permissions_same")]
    return Message("\n".join(parts), tuple(section(part) for part in parts))


def permissions_moved_on() -> Message:
    """After submitting a window that showed permissions which no longer stand."""
    text = say("people.permissions_moved_on")
    return Message(text, (section(text), actions(_change_permissions())))


def home_of_guest(name: str) -> View:
    """The Home of somebody who has not joined."""
    return View(type="home", blocks=[section(say("people.hello", who=first_name(name))), actions(*_ways_in())])


def home(member: Member, standing: Mapping[Scope, ConsentFact], others: Sequence[Block]) -> View:
    """A member's Home: their permissions, what they told us, then what other rooms add (`others`)."""
    blocks = [section(say("people.home_hello", who=first_name(member.name)))]
    blocks += [*_permissions(standing, member.time_zone), *_details(member)]
    if others:
        blocks += [DividerBlock(), *others]
    if len(blocks) > HOME_LIMIT:
        blocks = [*blocks[: HOME_LIMIT - 1], section(say("people.home_more"))]
    return View(type="home", blocks=blocks)


def labels(scopes: Collection[Scope]) -> str:
    """The scopes as a member reads them, in the order in which they are asked."""
    words = wording.current().scopes
    return "; ".join(words[scope].label for scope in Scope if scope in scopes)


def day(moment: datetime, time_zone: str) -> Safe:
    """A date as people write it, on the member's own calendar: 4 March 2027."""
    there = local(moment, time_zone)
    return Safe(f"{there.day} {there:%B %Y}")


def _ways_in() -> tuple[ButtonElement, ButtonElement]:
    return button(plain("people.join_button"), Act.JOIN, style="primary"), button(plain("people.how_button"), Act.HOW)


def _change_permissions() -> ButtonElement:
    return button(plain("people.change_permissions_button"), Act.CHANGE_PERMISSIONS)


def _about_voice(given: Collection[Scope]) -> Safe | None:
    missing = [scope for scope in NEEDED_FOR_VOICE if scope not in given]
    return say("people.without_voice", labels=labels(missing)) if missing else None


def _permissions(standing: Mapping[Scope, ConsentFact], time_zone: str) -> list[Block]:
    lines = "\n".join(_line(scope, standing.get(scope), time_zone) for scope in Scope)
    return [header(plain("people.home_permissions")), section(lines), actions(_change_permissions())]


def _line(scope: Scope, fact: ConsentFact | None, time_zone: str) -> str:
    """A scope as it stands, in the words of the version that it was decided under."""
    words = wording.wording(fact.wording_version) if fact else wording.current()
    label = words.scopes[scope].label
    if fact is None:
        return say("people.scope_undecided", label=label)
    name = "people.scope_given" if fact.given else "people.scope_withdrawn"
    return say(name, label=label, date=day(fact.decided_at, time_zone))


def _details(member: Member) -> list[Block]:
    profile = member.profile
    bands = (profile.profession, profile.career_stage, profile.organisation_kind, profile.setting, profile.region)
    said = " · ".join(band for band in (*bands, profile.gender, profile.age_band) if band != NOT_SAID)
    hidden = " · ".join(filter(None, (member.name, profile.organisation, profile.place)))
    return [
        header(plain("people.home_details")),
        section(say("people.home_bands", bands=said)),
        section(say("people.home_hidden")),
        peoples_words(hidden),
        actions(button(plain("people.change_details_button"), Act.CHANGE_DETAILS)),
    ]
