"""What the sandbox refuses, and why."""

from typing import Any

from bot.errors import Failure, Trouble


class Refused(Trouble):
    """Slack refuses this: {error}.

    `error` is Slack's own name for it. `messages` become `response_metadata.messages`; `more` is added to the answer.
    """

    def __init__(self, error: str, messages: list[str] | None = None, **more: Any) -> None:
        self.error = error
        self.messages = messages or []
        self.more = more
        super().__init__(error=error)

    def answer(self) -> dict[str, Any]:
        """The body that Slack would send."""
        body: dict[str, Any] = {"ok": False, "error": self.error, **self.more}
        if self.messages:
            body["response_metadata"] = {"messages": self.messages}
        return body


class RateLimited(Refused):
    """Slack asks the app to wait, because it calls too often ({error}).

    `retry_after` is what the header Retry-After says, in whole seconds.
    """

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class BadManifest(Trouble):
    """The app manifest can't be used in a workspace: {why}."""


class Undelivered(Trouble):
    """The app's request URL did not take what was sent to it ({reason}).

    `reason` is Slack's word for why; `again` is False where the app forbids another try.
    """

    def __init__(self, reason: str, again: bool = True) -> None:
        super().__init__(reason=reason)
        self.reason, self.again = reason, again


class SandboxStuck(Failure):
    """The sandbox did not start within ten seconds; the machine may be very busy. Please try again."""


class SwitchedOff(Trouble, AssertionError):
    """Slack does not let the person do this, because the app's manifest has {what} switched off."""


class Uninstalled(Trouble, AssertionError):
    """Slack does not offer this any more: the app was taken out of the workspace."""


class NotAnswered(Trouble, AssertionError):
    """Slack shows the person an error, because the app did not acknowledge in {seconds} seconds ({kind})."""


class NobodyConnected(NotAnswered):
    """Slack shows the person an error, because no app is connected ({kind})."""
