"""What other rooms are told of a recording: for a draft's first page, and for the list of a withdrawal."""

import json

from bot.interviews import views
from bot.interviews.models import Recording
from bot.interviews.turns import left_out, may_hold_another
from bot.store.engine import Store
from bot.stories.elsewhere import Recalled
from bot.voice.models import Transcription
from bot.words import Safe


class Facts:
    """Facts by the recording's id."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def notes(self, recording_id: str) -> list[Safe]:
        """What the first page of the draft says about the voices on its recording."""
        with self._store.session() as session:
            recording = session.get(Recording, recording_id)
        if recording is None or recording.raw is None:
            return []
        heard = Transcription.from_json(json.loads(recording.raw))
        return views.notes(left_out(heard, recording.whose), unknown=may_hold_another(heard, recording.whose))

    def recalls(self, recording_id: str) -> Recalled:
        """The recording, as long as its sound is kept."""
        with self._store.session() as session:
            kept = session.get_one(Recording, recording_id).blob_id is not None
        return Recalled("sharing.recalled_recording", int(kept))

    def clip_link(self, recording_id: str) -> str:
        """The address of the leader's clip in Slack, "" once it is gone."""
        with self._store.session() as session:
            recording = session.get_one(Recording, recording_id)
            return "" if recording.clip_gone_at else recording.clip_link or ""
