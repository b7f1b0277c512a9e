"""A parent with a child in the middle of a long computation: says the child's id, and waits to be killed."""

import sys
import threading
import time
from pathlib import Path

from bot.engine_room import EngineRoom
from bot.settings import Settings
from tests.engine_room.children import obedient


def main() -> None:
    room = EngineRoom(Settings(_env_file=None, data_dir=Path(sys.argv[1])), listen=obedient, mask=obedient)  # type: ignore[call-arg]
    room.warm_up()
    order = {"max_seconds": 60, "expected_seconds": None, "names": [], "progress": lambda part: None}
    room.transcribe(b"tell 1", **order)  # type: ignore[arg-type]
    threading.Thread(target=lambda: room.transcribe(b"compute 600", **order), daemon=True).start()  # type: ignore[arg-type]
    time.sleep(0.3)
    print(*room.child_ids(), flush=True)
    time.sleep(600)


if __name__ == "__main__":
    main()
