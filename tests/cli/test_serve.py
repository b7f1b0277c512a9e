"""`collaborate serve`, as an operator runs it, against a workspace on this machine."""

import signal
import subprocess
from collections.abc import Callable

from bot.sandbox.driver import Sandbox
from bot.slack.manifest import manifest

Start = Callable[..., subprocess.Popen[str]]


def test_it_answers_until_it_is_told_to_stop_and_its_log_holds_nobody_s_words(start: Start) -> None:
    with Sandbox.start(manifest=manifest()) as sandbox:
        settings = {
            "SLACK_BOT_TOKEN": sandbox.bot_token,
            "SLACK_APP_TOKEN": sandbox.app_token,
            "SLACK_API_URL": sandbox.url,
            "LOG_LEVEL": "DEBUG",
        }
        bot = start("serve", **settings)
        sandbox.wait_connected(within=60)
        amina = sandbox.person("Amina Okafor")
        amina.says("hello from behind the walled garden")
        amina.sees("Hello")

        second = start("serve", **settings)
        _, told = second.communicate(timeout=60)
        assert second.returncode == 2
        assert told.splitlines()[-1].startswith("Collaborate is already running with this DATA_DIR.")

        bot.send_signal(signal.SIGTERM)
        _, log = bot.communicate(timeout=60)
    assert bot.returncode == 0
    assert "INFO collaborate ready" in log
    assert "walled garden" not in log and "Amina" not in log and sandbox.bot_token not in log
