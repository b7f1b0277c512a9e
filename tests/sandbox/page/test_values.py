"""What may be put into a field, whatever a browser sends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import Trouble
from bot.sandbox.page.values import Chooser, complaint, state_value
from bot.sandbox.workspace.fields import FIELDS, Element
from bot.sandbox.workspace.ids import Ids
from bot.sandbox.workspace.manifest import read_manifest
from bot.sandbox.workspace.state import User, Workspace

from ..helpers import MANIFEST, OwnClock

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)


def _chooser() -> Chooser:
    workspace = Workspace(read_manifest(MANIFEST), OwnClock(), Ids())
    me = workspace.users["U1"] = User("U1", "amina", "Amina")
    return Chooser(workspace, me)


CHOOSER = _chooser()


def _field(kind: str, **more: object) -> Element:
    return Element({"type": "input", "block_id": "b"}, {"type": kind, "action_id": "a", **more})


@given(st.sampled_from(sorted(FIELDS)), ANYTHING)
def test_whatever_comes_is_kept_in_shape_or_refused(kind, sent):
    key, _ = FIELDS[kind]
    try:
        value = state_value(_field(kind, options=[{"value": "v"}]), {key: sent}, CHOOSER)
    except Trouble:
        return
    assert set(value) == {"type", key} and value["type"] == kind
    assert isinstance(complaint(_field(kind), value), str)


@pytest.mark.parametrize(
    ("kind", "more", "text", "fine"),
    [
        ("plain_text_input", {"max_length": 3}, "abc", True),
        ("plain_text_input", {"max_length": 3}, "abcd", False),
        ("plain_text_input", {}, "x" * 3001, False),
        ("email_text_input", {}, "a.b@nhs.net", True),
        ("email_text_input", {}, "a b@nhs.net", False),
        ("url_text_input", {}, "https://nhs.uk/x", True),
        ("url_text_input", {}, "javascript:alert(1)", False),
        ("url_text_input", {}, "https://[", False),
        ("number_input", {"is_decimal_allowed": True}, "1.5", True),
        ("number_input", {"is_decimal_allowed": False}, "1.5", False),
        ("number_input", {"min_value": "2", "max_value": "4"}, "5", False),
        ("number_input", {}, "NaN", False),
        ("number_input", {}, "1e999999", True),
        ("number_input", {}, "ten", False),
    ],
)
def test_a_form_complains_of_what_was_typed(kind, more, text, fine):
    found = _field(kind, **more)
    assert (complaint(found, state_value(found, {"value": text}, CHOOSER)) == "") is fine
