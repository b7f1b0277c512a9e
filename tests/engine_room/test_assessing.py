"""What masked words still tell is judged in the masking child, like the masking itself."""

from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bot.anonymise.risk.models import Published, RiskKind
from bot.engine_child import assessed, serve
from bot.engine_room import EngineRoom
from bot.settings import Settings
from tests.engine_room.children import obedient


def assessing(pipe: Connection, **options: Any) -> None:
    """A child that judges without loading what masks."""
    serve(pipe, assessed)


def test_an_assessment_comes_back_from_the_child(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path)  # type: ignore[call-arg]
    room = EngineRoom(settings, listen=obedient, mask=assessing)
    members = [{"id": f"m{n}", "profession": "GP" if n else "dentist"} for n in range(9)]
    told = [Published("We lead as herons do.", "m0"), Published("Well.", "m1")]
    try:
        found = room.assess(
            ["I'm a dentist.", "We wait as herons do."], speaker="m0", members=members, published=told, k=5
        )
        assert room.assess([], speaker="", members=[], k=5).risks == ()
    finally:
        room.close()
    assert [(risk.kind, risk.place) for risk in found.risks] == [(RiskKind.SINGLING_OUT, 0), (RiskKind.LINKAGE, 1)]
