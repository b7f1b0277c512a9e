"""The bot as a process of its own, as `collaborate serve` runs it: settings from the environment, until it is killed.

Once it is connected it says its engines' process ids on a line of stdout.
"""

import signal
import sys

from bot import logs
from bot.app import Bot
from bot.settings import Settings


def main() -> None:
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    logs.set_up(settings.log_level)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    with Bot(settings) as bot:
        print(*bot.engines.child_ids(), flush=True)
        signal.pause()


if __name__ == "__main__":
    main()
