"""Every limit of the tables, one by one; blocks that nobody thought of; and JSON that was knocked about."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import block_elements as sdk_elements
from slack_sdk.models.blocks import blocks as sdk_blocks

from bot.sandbox.errors import Refused
from bot.sandbox.limits import check_attachments, check_message, check_view, elements
from bot.sandbox.limits.rules import AllOf, ByType, Flag, Listed, Number, OneOf, OrNull, Rule, String, Thing
from bot.sandbox.limits.surfaces import ALL_BLOCKS, SURFACES
from bot.sandbox.limits.views import HOME, MODAL

Edge = tuple[Any, Any, str]
EVERY = {**ALL_BLOCKS, "modal": MODAL, "home": HOME}
MANY = settings(max_examples=150, deadline=None, derandomize=True)

# --- every limit of the tables


def smallest(rule: Rule) -> Any:
    """The least that the rule takes."""
    match rule:
        case String(pattern=pattern, least=least):
            return {None: "x" * least}.get(pattern) if pattern is None else FITTING[pattern]
        case OneOf(values=values):
            return values[0]
        case Number(least=least):
            return least or 0
        case Flag():
            return True
        case Listed(of=of, least=least):
            return [smallest(of)] * least
        case Thing(fields=fields, required=required):
            return {name: smallest(fields[name]) for name in required} or dict([first_of(fields)])
        case ByType(kinds=kinds):
            return smallest(next(iter(kinds.values())))
        case AllOf(parts=parts):
            return smallest(parts[0])
        case OrNull(rule=inner):
            return smallest(inner)
    raise AssertionError(rule)


def first_of(fields: Any) -> tuple[str, Any]:
    name = next(iter(fields))
    return name, smallest(fields[name])


FITTING = {
    r"#?[0-9A-Fa-f]{6}": "#a1b2c3",
    r"-?[0-9]+(\.[0-9]+)?": "-12.5",
    r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])": "2027-03-04",
    r"([01][0-9]|2[0-3]):[0-5][0-9]": "19:30",
    r"https://\S+": "https://example.org/talk",
}


def edges(rule: Rule) -> Iterator[Edge]:
    """(what is just right, what is one too many or too few, where that is) for every limit in the rule."""
    match rule:
        case String(least=least, most=most):
            yield from [("x" * most, "x" * (most + 1), "")] if most is not None else []
            yield from [("x" * least, "x" * (least - 1), "")] if least else []
        case Number(least=least, most=most):
            yield from [(most, most + 1, "")] if most is not None else []
            yield from [(least, least - 1, "")] if least is not None else []
        case Listed(of=of, least=least, most=most):
            one = smallest(of)
            yield from [([one] * most, [one] * (most + 1), "")] if most is not None else []
            yield from [([one] * least, [one] * (least - 1), "")] if least else []
            padding = [one] * (least - 1)
            yield from (([at, *padding], [over, *padding], f"/0{where}") for at, over, where in edges(of))
        case Thing(fields=fields, required=required):
            base = smallest(rule)
            for name in required:
                yield base, {key: value for key, value in base.items() if key != name}, ""
            for name, inner in fields.items():
                for at, over, where in edges(inner):
                    yield {**base, name: at}, {**base, name: over}, f"/{name}{where}"
        case ByType(kinds=kinds):
            yield from (edge for kind in kinds.values() for edge in without_type(edges(kind)))
        case AllOf(parts=(first, *others)):
            yield from edges(first)
            for at, over, where in (edge for other in others for edge in edges(other)):
                yield {**smallest(first), **at}, {**smallest(first), **over}, where
        case OrNull(rule=inner):
            yield from edges(inner)


def without_type(found: Iterator[Edge]) -> Iterator[Edge]:
    """A thing without a type is refused before anything else is looked at; that has a test of its own."""
    return (edge for edge in found if not isinstance(edge[1], dict) or edge[2] or "type" in edge[1])


@pytest.mark.parametrize("kind", sorted(EVERY))
def test_every_limit_is_kept_to_the_very_last_and_one_more_is_refused_at_its_place(kind: str) -> None:
    seen = 0
    for at, over, where in without_type(edges(EVERY[kind])):
        assert list(EVERY[kind].problems(at, "/b")) == [], (kind, where)
        problems = list(EVERY[kind].problems(over, "/b"))
        assert any(problem.endswith(f"[json-pointer:/b{where}]") for problem in problems), (where, problems)
        seen += 1
    assert seen > 0


@pytest.mark.parametrize("kind", sorted(EVERY))
def test_a_key_that_nobody_knows_is_refused_wherever_it_is_put(kind: str) -> None:
    thing = smallest(EVERY[kind]) | {"colour": "green"}
    assert list(EVERY[kind].problems(thing, "/b")) == ["[ERROR] invalid additional property: colour [json-pointer:/b]"]


def test_whatever_slack_sdk_can_write_has_a_place_in_the_tables() -> None:
    by_type = {**elements.IN_SECTION.kinds, **elements.IN_INPUT.kinds, **elements.IN_CONTEXT_ACTIONS.kinds}
    shared = {"alt_text", "action_id", "confirm", "focus_on_load", "placeholder"}  # of base classes, not always used
    for module, known in ((sdk_elements, {**by_type, "url": elements.SOURCE}), (sdk_blocks, ALL_BLOCKS)):
        for written in vars(module).values():
            kind = getattr(written, "type", None)
            if isinstance(kind, str) and kind in known and written.__module__ == module.__name__:
                keys = written.__new__(written).attributes
                assert keys - shared <= known[kind].fields.keys(), written


# --- blocks that nobody thought of

WORDS = st.text(alphabet='abc é😀<&>"\n', min_size=1, max_size=8)


def valid(rule: Rule) -> st.SearchStrategy[Any]:
    """Values that the rule takes."""
    match rule:
        case String(pattern=str() as pattern):
            return st.from_regex(pattern, fullmatch=True, alphabet=st.characters(codec="ascii"))
        case String():
            return WORDS
        case OneOf(values=values):
            return st.sampled_from(values)
        case Number(least=least, most=most):
            return st.integers(None if least is None else int(least), None if most is None else int(most))
        case Flag():
            return st.booleans()
        case Listed(of=of, least=least, most=most):
            return st.lists(valid(of), min_size=least, max_size=min(most or 3, max(least, 3)))
        case Thing(fields=fields, required=required, least=least):
            needed = required or tuple(fields)[:least]
            given_ = {name: valid(inner) for name, inner in fields.items()}
            return st.fixed_dictionaries(
                {name: given_[name] for name in needed},
                optional={name: inner for name, inner in given_.items() if name not in needed},
            )
        case ByType(kinds=kinds):
            return st.one_of(*map(valid, kinds.values()))
        case AllOf(parts=parts):
            return valid(parts[0])
        case OrNull(rule=inner):
            return st.none() | valid(inner)
    raise AssertionError(rule)


#: left to Slack to fill in, or for tests of their own
LEFT_OUT = {
    "block_id",
    "action_id",
    "focus_on_load",
    "response_url_enabled",
    "dispatch_action",
    "slack_file",
    "slack_icon",
}


def sensible(value: Any, surface: str) -> Any:
    """The same, with what stands together made to agree."""
    if isinstance(value, list):
        made = [sensible(each, surface) for each in value]
        return [{**each, "action_id": str(n)} if "action_id" in names(each) else each for n, each in enumerate(made)]
    if not isinstance(value, dict):
        return value
    thing = {name: sensible(inner, surface) for name, inner in value.items() if name not in LEFT_OUT}
    kind = thing.get("type")
    if kind == "rich_text_input":
        thing["action_id"] = "here"
    return AGREEING.get(kind, lambda thing, surface: thing)(thing, surface)


def names(thing: Any) -> set[str]:
    return set(thing) if isinstance(thing, dict) else set()


def _menu(thing: dict, surface: str) -> dict:
    thing.pop("option_groups" if "options" in thing else "options", None)
    if not thing.keys() & {"options", "option_groups"}:
        thing["options"] = [OPTION]
    return _choice(thing, surface)


def _choice(thing: dict, _: str) -> dict:
    first = (thing.get("options") or thing["option_groups"][0]["options"])[0]
    thing |= {"initial_option": first} if "initial_option" in thing else {}
    thing |= {"initial_options": [first]} if "initial_options" in thing else {}
    return thing


def _rows(thing: dict, _: str) -> dict:
    cell = {"type": "raw_text", "text": "x"}
    return {**thing, "rows": [[cell], *([row[0]] for row in thing["rows"][1:])]}


def _number(thing: dict, _: str) -> dict:
    return {name: inner for name, inner in thing.items() if not name.endswith("_value")}


def _only(kind: str, where: str, instead: dict) -> Any:
    return lambda thing, surface: thing if surface == where else instead


OPTION = {"text": {"type": "plain_text", "text": "One"}, "value": "1"}
TITLE = {"type": "plain_text", "text": "Title"}
AGREEING: dict[Any, Any] = {
    "static_select": _menu,
    "multi_static_select": _menu,
    "checkboxes": _choice,
    "radio_buttons": _choice,
    "data_table": _rows,
    "number_input": _number,
    "image": lambda thing, _: {**thing, "image_url": "https://example.org/a.png"},
    "section": lambda thing, _: {"text": TITLE, **thing},
    "card": lambda thing, _: {"title": TITLE, **thing},
    "container": lambda thing, _: {"title": TITLE, **thing},
    "file_input": _only("file_input", "modal", {"type": "plain_text_input"}),
    "workflow_button": _only("workflow_button", "message", {"type": "button", "text": TITLE}),
}
#: charts have more to agree on than is worth making up; a plan stands alone
THOUGHT_UP = {where: sorted(kinds - {"data_visualization", "plan"}) for where, kinds in SURFACES.items()}
VALID = {kind: valid(rule) for kind, rule in ALL_BLOCKS.items()}


def laid_out(surface: str) -> st.SearchStrategy[list[dict]]:
    """A few blocks for the surface."""
    kinds = st.lists(st.sampled_from(THOUGHT_UP[surface]), min_size=1, max_size=3)
    several = kinds.flatmap(lambda picked: st.tuples(*(VALID[kind] for kind in picked)))
    return several.map(lambda blocks: sensible(list(blocks), surface))


@MANY
@given(laid_out("message"))
def test_any_message_within_the_limits_passes(blocks: list[dict]) -> None:
    try:
        check_message(blocks)
    except Refused as refused:
        assert refused.error == "msg_blocks_too_long", refused.messages


@MANY
@given(laid_out("modal"), laid_out("home"))
def test_any_view_within_the_limits_passes(modal: list[dict], home: list[dict]) -> None:
    check_view({"type": "modal", "title": TITLE, "submit": TITLE, "blocks": modal})
    check_view({"type": "home", "blocks": home})


# --- JSON that was knocked about

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.sampled_from(["\ud800", "x" * 4000])
KEYS = st.sampled_from(["type", "text", "blocks", "elements", "element", "options", "value", "rows", "url", "toString"])
JUNK = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | WORDS, inner, max_size=4), max_leaves=12
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every place in the value: what holds it, and under which key."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    here = [(value, key) for key in keys]
    return here + [place for holder, key in here for place in places(holder[key])]


@st.composite
def knocked_about(draw: st.DrawFn) -> Any:
    """A good message with something put in the wrong place, or taken out."""
    blocks = copy.deepcopy(draw(laid_out("message")))
    for _ in range(draw(st.integers(1, 3))):
        if holders := places(blocks):
            holder, key = holders[draw(st.integers(0, len(holders) - 1))]
            if draw(st.booleans()) and isinstance(holder, dict):
                del holder[key]
            else:
                holder[key] = draw(JUNK)
    return blocks


@MANY
@given(knocked_about() | JUNK)
def test_whatever_comes_is_either_taken_or_refused_and_nothing_breaks(anything: Any) -> None:
    views = (anything, {"type": "modal", "title": TITLE, "blocks": anything}, {"type": "home", "blocks": anything})
    for check, given_ in (
        (check_message, anything),
        (check_attachments, anything),
        (check_attachments, [{"blocks": anything}]),
        *((check_view, view) for view in views),
    ):
        try:
            check(given_)
        except Refused as refused:
            assert refused.error.startswith(("invalid_", "msg_", "too_many_", "view_"))
            assert all(message.startswith("[ERROR] ") for message in refused.messages)
