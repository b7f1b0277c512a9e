"""What can go wrong on demand: the answers, the downloads and the deliveries of a bad day."""

import threading
from dataclasses import asdict, dataclass
from typing import Any, Literal

DownloadFault = Literal["html", "redirect", "truncated", "gone"]

#: faults of calls of the Web API, by name
_ANSWERS = ("rate_limit", "server_error", "answer_lost", "error_body", "slow")


@dataclass
class Fault:
    """One order: what goes wrong the next `times` times, at one target (a method, a file id) or, with "", at any.

    `name` is that of the method of `Faults` that orders it; `download` has its `kind`. `seconds` are real ones for
    `slow` and the workspace's for `slow_events`.
    """

    name: str
    times: int = 1
    target: str = ""
    kind: DownloadFault | None = None
    seconds: float = 0.0
    retry_after: int = 0
    error: str = ""
    done_first: bool = False
    to: str = ""
    keep: int = 0


class Faults:
    """Every fault a test or the page can order. Each is used up as it strikes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._orders: list[Fault] = []
        self.holding = False

    def ordered(self) -> list[dict[str, Any]]:
        """What is ordered and has not struck yet: `name`, `times` and whatever else was said, for the page."""
        with self._lock:
            orders = [{key: value for key, value in asdict(order).items() if value} for order in self._orders]
        return [*orders, {"name": "hold_events"}] if self.holding else orders

    def clear(self) -> None:
        """Take every order back; events that were held back are let go."""
        with self._lock:
            self._orders, self.holding = [], False

    # answers of the Web API

    def rate_limit(self, method: str, times: int = 1, retry_after: int = 1) -> None:
        """429 with Retry-After in seconds; the call is not done."""
        self._order(Fault("rate_limit", times, method, retry_after=retry_after))

    def server_error(self, method: str, times: int = 1) -> None:
        """500; the call is not done."""
        self._order(Fault("server_error", times, method))

    def answer_lost(self, method: str, times: int = 1) -> None:
        """500 although the call was done: the app can't know."""
        self._order(Fault("answer_lost", times, method, done_first=True))

    def error_body(self, method: str, error: str = "fatal_error", times: int = 1, done_first: bool = False) -> None:
        """200 with `fatal_error`, `internal_error` or another error, whether or not the call was done first."""
        self._order(Fault("error_body", times, method, error=error, done_first=done_first))

    def slow(self, method: str, seconds: float, times: int = 1) -> None:
        """The call is done `seconds` late (real time)."""
        self._order(Fault("slow", times, method, seconds=seconds))

    def take_answer(self, method: str) -> Fault | None:
        """The fault that strikes this call, if any."""
        return self._take(_ANSWERS, method)

    # downloads and uploads

    def download_is_html(self, file_id: str | None = None, times: int = 1) -> None:
        """The login page, status 200, although the token is right."""
        self._order(Fault("download", times, file_id or "", "html"))

    def download_redirects(self, to: str, file_id: str | None = None, times: int = 1) -> None:
        """302 to an address on another host."""
        self._order(Fault("download", times, file_id or "", "redirect", to=to))

    def download_is_truncated(self, keep: int, file_id: str | None = None, times: int = 1) -> None:
        """Only the first `keep` bytes arrive."""
        self._order(Fault("download", times, file_id or "", "truncated", keep=keep))

    def download_is_gone(self, file_id: str | None = None, times: int = 1) -> None:
        """404."""
        self._order(Fault("download", times, file_id or "", "gone"))

    def take_download(self, file_id: str) -> Fault | None:
        """The fault that strikes this download, if any."""
        return self._take(("download",), file_id)

    def upload_fails(self, times: int = 1) -> None:
        """500 for the bytes of a file that the app uploads; nothing is kept of them."""
        self._order(Fault("upload_fails", times))

    def take_upload(self) -> bool:
        """Whether this upload fails."""
        return self._take(("upload_fails",)) is not None

    # files that people share

    def next_file_vanishes(self) -> None:
        """The next shared file is deleted before the app hears of it."""
        self._order(Fault("next_file_vanishes"))

    def next_file_is_bare(self) -> None:
        """The next shared file arrives as in Slack Connect: only an id and `check_file_info`."""
        self._order(Fault("next_file_is_bare"))

    def take_vanishing(self) -> bool:
        """Whether this file vanishes."""
        return self._take(("next_file_vanishes",)) is not None

    def take_bare_file(self) -> bool:
        """Whether this file arrives without its facts."""
        return self._take(("next_file_is_bare",)) is not None

    # deliveries

    def duplicate_next_event(self) -> None:
        """The next event arrives twice, with the same event_id."""
        self._order(Fault("duplicate_next_event"))

    def slow_events(self, seconds: float, times: int = 1) -> None:
        """The next events arrive this much later, on the workspace's clock."""
        self._order(Fault("slow_events", times, seconds=seconds))

    def drop_at_next_envelope(self) -> None:
        """The connection breaks just when the next envelope would have gone over it."""
        self._order(Fault("drop_at_next_envelope"))

    def hold_events(self) -> None:
        """Keep events back until `sandbox.release_events()`."""
        self.holding = True

    def take_duplicate(self) -> bool:
        """Whether this event arrives twice."""
        return self._take(("duplicate_next_event",)) is not None

    def take_lateness(self) -> float:
        """How many seconds late this event arrives."""
        order = self._take(("slow_events",))
        return order.seconds if order else 0.0

    def take_drop(self) -> bool:
        """Whether the connection breaks at this envelope."""
        return self._take(("drop_at_next_envelope",)) is not None

    # how

    def _order(self, fault: Fault) -> None:
        with self._lock:
            self._orders.append(fault)

    def _take(self, names: tuple[str, ...], target: str = "") -> Fault | None:
        with self._lock:
            for order in self._orders:
                if order.name in names and order.target in ("", target):
                    order.times -= 1
                    self._orders = [one for one in self._orders if one.times > 0]
                    return order
            return None
