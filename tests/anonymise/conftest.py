"""One loaded anonymiser for all the tests of this room, and a small community."""

import pytest

from bot.anonymise.models import Known
from bot.anonymise.pipeline import Anonymiser, load

MEMBERS = [
    {"id": "m1", "name": "Amina Okafor", "slack_name": "amina.o", "organisation": "Thornfield Surgery",
     "organisation_kind": "practice", "place": "Swaffham"},
    {"id": "m2", "name": "Mark Bell", "slack_name": "markb", "organisation": "Limes PCN",
     "organisation_kind": "PCN", "place": "Reading"},
    {"id": "m3", "name": "Siân Gwynne-Rees", "slack_name": "sian", "organisation": "Ystwyth Federation",
     "organisation_kind": "federation", "place": "Aberaeron"},
]  # fmt: skip


@pytest.fixture(scope="session")
def anonymiser() -> Anonymiser:
    return load()


@pytest.fixture(scope="session")
def known() -> Known:
    return Known.from_members(MEMBERS)
