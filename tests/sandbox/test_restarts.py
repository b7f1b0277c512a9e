"""The app dies and comes back, in processes of its own, while the workspace lives on."""

import os
import signal
import subprocess
import sys

from .helpers import eventually

BOT = """
import os, sys, time
from slack_sdk import WebClient
from slack_sdk.socket_mode.builtin import SocketModeClient
web = WebClient(token=os.environ["BOT_TOKEN"], base_url=os.environ["URL"])
client = SocketModeClient(app_token=os.environ["APP_TOKEN"], web_client=web)
client.message_listeners.append(lambda _c, frame, _raw: print(frame.get("payload", {}).get("event_id", ""), flush=True))
client.connect()
time.sleep(60)
"""


def test_what_a_killed_app_had_not_acknowledged_reaches_the_next_one(sandbox, app, connect, amina):
    heard: list[tuple[str, str]] = []
    app.event("message")(lambda event, body: heard.append((body["event_id"], event["text"])))
    secrets = {"BOT_TOKEN": sandbox.bot_token, "APP_TOKEN": sandbox.app_token, "URL": sandbox.url}
    with subprocess.Popen([sys.executable, "-c", BOT], env={**os.environ, **secrets}, stdout=subprocess.PIPE) as bot:
        sandbox.wait_connected()
        amina.says("are you there?")
        assert bot.stdout
        first = next(line for line in map(bytes.strip, bot.stdout) if line).decode()
        bot.send_signal(signal.SIGKILL)
        sandbox.wait_disconnected()
    amina.says("and now?")
    connect(app)
    eventually(lambda: len(heard) == 2)
    assert (first, "are you there?") in heard
    assert {words for _, words in heard} == {"are you there?", "and now?"}
