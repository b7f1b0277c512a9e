"""Whether a process still runs: asked of the system, as nobody is left to wait for an orphan."""

import os
import time
from collections.abc import Iterable
from pathlib import Path


def runs(pid: int) -> bool:
    """Whether the process is there and not just a name that nobody has collected yet."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2]
    except OSError:  # no /proc on this system, or it went this moment
        return not Path("/proc/self").exists()
    return after_name.split()[0] not in "ZX"


def wait_gone(pids: Iterable[int], within: float = 5.0) -> None:
    """Waits until none of the processes runs; AssertionError if one stays."""
    waiting, until = list(pids), time.monotonic() + within
    while waiting := [pid for pid in waiting if runs(pid)]:
        assert time.monotonic() < until, f"still running: {waiting}"
        time.sleep(0.05)
