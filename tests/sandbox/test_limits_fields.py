"""Every field that the limits let through is one that a person can fill in."""

from types import SimpleNamespace

from bot.sandbox.limits.elements import IN_INPUT
from bot.sandbox.workspace.fields import FIELDS, Element, elements, initial_values, missing, value_of

from .limits_kit import form


def field(kind: str, **more: object) -> dict:
    return form({"type": kind, "action_id": "answer", **more}, block_id="field")


def test_there_is_no_field_that_nobody_can_fill_in():
    assert IN_INPUT.kinds.keys() <= FIELDS.keys()


def test_fields_for_several_things_start_empty_or_with_what_the_app_says():
    for kind, key in (
        ("multi_channels_select", "selected_channels"),
        ("multi_conversations_select", "selected_conversations"),
        ("file_input", "files"),
    ):
        assert initial_values([field(kind)]) == {"field": {"answer": {"type": kind, key: []}}}
    chosen = initial_values([field("multi_channels_select", initial_channels=["C1"])])
    assert chosen["field"]["answer"]["selected_channels"] == ["C1"]


def test_conversations_are_picked_themselves_or_by_id_and_files_as_they_are():
    (places,) = elements([field("multi_conversations_select")])
    (upload,) = elements([field("file_input")])
    room = SimpleNamespace(id="C7")
    assert value_of(places, [room, "C8"])["selected_conversations"] == ["C7", "C8"]
    assert value_of(upload, [{"id": "F1"}])["files"] == [{"id": "F1"}]


def test_a_field_for_files_that_stays_empty_is_asked_for():
    blocks = [field("file_input")]
    assert set(missing(blocks, initial_values(blocks))) == {"field"}
    assert missing(blocks, {"field": {"answer": {"type": "file_input", "files": [{"id": "F1"}]}}}) == {}


def test_an_icon_button_is_there_to_be_clicked():
    block = {"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "action_id": "bin",
                                                      "text": {"type": "plain_text", "text": "Delete"}}]}  # fmt: skip
    (found,) = elements([block])
    assert found == Element(block, block["elements"][0])
    assert (found.label, found.fires, found.is_field) == ("Delete", True, False)
