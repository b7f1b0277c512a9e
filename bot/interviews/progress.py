"""The one message about a recording: posted once, then edited in place."""

import logging
import time
from collections.abc import Callable

from bot.interviews import views
from bot.interviews.models import Recording
from bot.slack.errors import SlackAway, SlackRefused
from bot.slack.gateway import Gateway
from bot.slack.models import Message, Posted
from bot.store.engine import Store

log = logging.getLogger("collaborate.interviews")

#: seconds between two edits while listening (Slack allows about fifty edits a minute for all)
PROGRESS_EVERY = 3.0


class ProgressMessage:
    """Posts and edits it; whatever it does bears repeating."""

    def __init__(self, store: Store, gateway: Gateway) -> None:
        self._store, self._gateway = store, gateway

    def post(self, recording: Recording, message: Message) -> None:
        """Says it for the first time; later it stays as it is."""
        where = {"workspace": recording.workspace, "channel": recording.channel}
        self._gateway.post_once(_key(recording.id), message, **where)

    def show(self, recording_id: str, message: Message) -> None:
        """Edits the message, or posts it where the thanks did not get through."""
        with self._store.session() as session:
            recording = session.get_one(Recording, recording_id)
        posted = self._posted(recording)
        if posted is not None:
            self._gateway.edit(posted, message)
        else:
            self.post(recording, message)

    def while_listening(self, recording: Recording, wanted: Callable[[], bool]) -> Callable[[float], None]:
        """Gets fractions from 0 to 1, and shows them now and then. Slack being slow or away never stops the listening.

        Once the recording is no longer `wanted`, what was said about that stays.
        """
        posted = self._posted(recording)
        last = time.monotonic() - PROGRESS_EVERY

        def show(part: float) -> None:
            nonlocal last
            if posted is None or time.monotonic() - last < PROGRESS_EVERY:
                return
            last = time.monotonic()
            if not wanted():
                return
            try:
                self._gateway.edit(posted, views.listening(recording.id, part, recording.seconds))
            except (SlackAway, SlackRefused):
                log.info("progress of %s could not be shown", recording.id)

        return show

    def _posted(self, recording: Recording) -> Posted | None:
        return self._gateway.find_post(_key(recording.id), workspace=recording.workspace)


def _key(recording_id: str) -> str:
    return f"recording:{recording_id}"
