"""What can go wrong on demand: the answers, the downloads and the deliveries of a bad day."""

import threading
from dataclasses import dataclass
from typing import Literal

DownloadFault = Literal["html", "redirect", "truncated", "gone"]


@dataclass
class AnswerFault:
    """The next `times` calls of a method go wrong: `status` 429 or 500, or are answered `seconds` late."""

    method: str
    times: int
    status: int = 200
    retry_after: int = 0
    seconds: float = 0.0
    done_first: bool = False


@dataclass
class FileFault:
    """The next `times` downloads (of one file, or of any) go wrong."""

    kind: DownloadFault
    times: int
    file_id: str | None = None
    to: str = ""
    keep: int = 0


class Faults:
    """Every fault a test or the page can order. Each is used up as it strikes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: list[AnswerFault] = []
        self._files: list[FileFault] = []
        self._duplicates = 0
        self._vanishing = 0
        self._bare_files = 0
        self.holding = False

    # answers of the Web API

    def rate_limit(self, method: str, times: int = 1, retry_after: int = 1) -> None:
        """429 with Retry-After in seconds; the call is not done."""
        self._answers.append(AnswerFault(method, times, 429, retry_after))

    def server_error(self, method: str, times: int = 1) -> None:
        """500; the call is not done."""
        self._answers.append(AnswerFault(method, times, 500))

    def answer_lost(self, method: str, times: int = 1) -> None:
        """500 although the call was done: the app can't know."""
        self._answers.append(AnswerFault(method, times, 500, done_first=True))

    def slow(self, method: str, seconds: float, times: int = 1) -> None:
        """The call is done `seconds` late (real time)."""
        self._answers.append(AnswerFault(method, times, seconds=seconds))

    def take_answer(self, method: str) -> AnswerFault | None:
        """The fault that strikes this call, if any."""
        with self._lock:
            for fault in self._answers:
                if fault.method == method and fault.times > 0:
                    fault.times -= 1
                    return fault
            return None

    # downloads

    def download_is_html(self, file_id: str | None = None, times: int = 1) -> None:
        """The login page, status 200, although the token is right."""
        self._files.append(FileFault("html", times, file_id))

    def download_redirects(self, to: str, file_id: str | None = None, times: int = 1) -> None:
        """302 to an address on another host."""
        self._files.append(FileFault("redirect", times, file_id, to=to))

    def download_is_truncated(self, keep: int, file_id: str | None = None, times: int = 1) -> None:
        """Only the first `keep` bytes arrive."""
        self._files.append(FileFault("truncated", times, file_id, keep=keep))

    def download_is_gone(self, file_id: str | None = None, times: int = 1) -> None:
        """404."""
        self._files.append(FileFault("gone", times, file_id))

    def take_download(self, file_id: str) -> FileFault | None:
        """The fault that strikes this download, if any."""
        with self._lock:
            for fault in self._files:
                if fault.times > 0 and fault.file_id in (None, file_id):
                    fault.times -= 1
                    return fault
            return None

    # files and events

    def next_file_vanishes(self) -> None:
        """The next shared file is deleted before the app hears of it."""
        self._vanishing += 1

    def next_file_is_bare(self) -> None:
        """The next shared file arrives as in Slack Connect: only an id and `check_file_info`."""
        self._bare_files += 1

    def duplicate_next_event(self) -> None:
        """The next event arrives twice, with the same event_id."""
        self._duplicates += 1

    def hold_events(self) -> None:
        """Keep events back until `sandbox.release_events()`."""
        self.holding = True

    def take_vanishing(self) -> bool:
        """Whether this file vanishes."""
        struck, self._vanishing = self._vanishing > 0, max(0, self._vanishing - 1)
        return struck

    def take_bare_file(self) -> bool:
        """Whether this file arrives without its facts."""
        struck, self._bare_files = self._bare_files > 0, max(0, self._bare_files - 1)
        return struck

    def take_duplicate(self) -> bool:
        """Whether this event arrives twice."""
        struck, self._duplicates = self._duplicates > 0, max(0, self._duplicates - 1)
        return struck
