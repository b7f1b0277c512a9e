"""The windows (modals) for joining, permissions and details, and how their answers are read. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    InputBlock,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.people import wording
from bot.people.bands import (
    NOT_SAID,
    AgeBand,
    CareerStage,
    Gender,
    OrganisationKind,
    Profession,
    Profile,
    Region,
    Setting,
)
from bot.people.ids import Callback
from bot.people.models import Scope
from bot.slack.blocks import Field, context, pack, section, unpack
from bot.words import plain, say

NAMES = ("name", "organisation", "place")
BANDS: Mapping[str, type[StrEnum]] = {
    "profession": Profession,
    "organisation_kind": OrganisationKind,
    "region": Region,
    "setting": Setting,
    "career_stage": CareerStage,
    "gender": Gender,
    "age_band": AgeBand,
}
#: going on the record comes much later and has a sign-off of its own; until then it stands on Home, off
ASKED_ON_JOINING = tuple(scope for scope in Scope if scope != Scope.ON_THE_RECORD)
PERMISSIONS = "permissions"
NAME_LIMIT = 150


@dataclass(frozen=True, slots=True)
class Joining:
    """What the joining window remembers: the wording on the screen, and the time zone that Slack knows."""

    version: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the permissions window showed: the wording, and the scopes that stood as given, with `;`."""

    version: str
    given: str

    def was(self, given: Collection[Scope]) -> bool:
        """Whether these scopes are what it showed."""
        return self.given == _listed(given)


class Details(NamedTuple):
    """What somebody wrote about themself; `name` is empty where they left it so."""

    name: str
    profile: Profile


def how_it_works() -> View:
    """How it works, to read."""
    return View(
        type="modal",
        title=_text("people.how_title"),
        close=_text("people.how_close"),
        blocks=[section(say("people.how"))],
    )


def joining(name: str, time_zone: str) -> View:
    """A few coarse facts, all optional, then the permissions, all off. `name` is what Slack calls the person."""
    words = wording.current()
    return View(
        type="modal",
        callback_id=Callback.JOIN,
        title=_text("people.join_title"),
        submit=_text("people.join_submit"),
        close=_text("people.join_close"),
        private_metadata=pack(Joining(words.version, time_zone)),
        blocks=[
            section(say("people.join_opening")),
            *_facts(name, Profile()),
            *_permissions(words, ASKED_ON_JOINING, ()),
        ],
    )


def permissions(given: Collection[Scope]) -> View:
    """Every permission, ticked as it stands."""
    words = wording.current()
    return _window(
        Callback.PERMISSIONS,
        "people.permissions_title",
        pack(Shown(words.version, _listed(given))),
        _permissions(words, tuple(Scope), given),
    )


def details(name: str, profile: Profile) -> View:
    """The profile as it stands, to change."""
    return _window(Callback.DETAILS, "people.details_title", "", _facts(name, profile))


def read_joining(view: dict[str, Any]) -> Joining:
    """What the joining window remembered."""
    return unpack(Joining, view["private_metadata"])


def read_shown(view: dict[str, Any]) -> Shown:
    """What the permissions window showed."""
    return unpack(Shown, view["private_metadata"])


def read_permissions(view: dict[str, Any]) -> frozenset[Scope]:
    """The scopes that are ticked."""
    return frozenset(Scope(value) for value in Field(PERMISSIONS).ticked(view))


def read_details(view: dict[str, Any], before: Profile) -> Details:
    """What was written and chosen; what the window does not ask stays as it was before."""
    names: dict[str, Any] = {field: " ".join(Field(field).text(view).split())[:NAME_LIMIT] for field in NAMES}
    name = names.pop("name")
    bands: dict[str, Any] = {field: kind(_chosen(view, field)) for field, kind in BANDS.items()}
    return Details(name, replace(before, **names, **bands, nation=bands["region"].nation))


def _window(callback: Callback, title: str, remembered: str, blocks: list[Block]) -> View:
    return View(
        type="modal",
        callback_id=callback,
        title=_text(title),
        submit=_text("people.save"),
        close=_text("people.cancel"),
        private_metadata=remembered,
        blocks=blocks,
    )


def _facts(name: str, profile: Profile) -> list[Block]:
    written = {"name": name, "organisation": profile.organisation, "place": profile.place}
    texts = [_written(field, written[field]) for field in NAMES]
    return [*texts, *(_choice(field, kind, getattr(profile, field)) for field, kind in BANDS.items())]


def _written(field: str, value: str) -> Block:
    where = Field(field)
    return InputBlock(
        block_id=where.block,
        label=_text(f"people.field_{field}"),
        hint=_text(f"people.hint_{field}"),
        optional=True,
        element=PlainTextInputElement(
            action_id=where.action, initial_value=value[:NAME_LIMIT] or None, max_length=NAME_LIMIT
        ),
    )


def _choice(field: str, kind: type[StrEnum], chosen: StrEnum) -> Block:
    where = Field(field)
    return InputBlock(
        block_id=where.block,
        label=_text(f"people.field_{field}"),
        optional=True,
        element=StaticSelectElement(
            action_id=where.action, options=[_option(band) for band in kind], initial_option=_option(chosen)
        ),
    )


def _option(band: StrEnum) -> Option:
    words = band.value[:1].upper() + band.value[1:]
    return Option(text=PlainTextObject(text=words), value=band.value)


def _permissions(words: wording.Wording, asked: tuple[Scope, ...], given: Collection[Scope]) -> list[Block]:
    where = Field(PERMISSIONS)
    options = {scope: _box(scope, words.scopes[scope]) for scope in asked}
    ticked = [options[scope] for scope in asked if scope in given]
    # Slack refuses an empty list of ticked boxes
    boxes = CheckboxesElement(action_id=where.action, options=list(options.values()), initial_options=ticked or None)
    label = _text("people.permissions_label")
    return [
        section(words.opening),
        InputBlock(block_id=where.block, label=label, optional=True, element=boxes),
        context(words.administrators),
    ]


def _box(scope: Scope, words: wording.ScopeWording) -> Option:
    return Option(
        text=PlainTextObject(text=words.label), description=PlainTextObject(text=words.sentence), value=scope.value
    )


def _chosen(view: dict[str, Any], field: str) -> str:
    """The option that is selected; an empty choice counts as not said."""
    where = Field(field)
    answer = view["state"]["values"].get(where.block, {}).get(where.action, {})
    return str((answer.get("selected_option") or {}).get("value") or NOT_SAID)


def _listed(given: Collection[Scope]) -> str:
    return ";".join(scope for scope in Scope if scope in given)


def _text(name: str) -> PlainTextObject:
    return PlainTextObject(text=plain(name))
