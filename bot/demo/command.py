"""What `collaborate demo` does: opens the workspace in the browser, or plays the scenario once."""

from bot.demo import place
from bot.terminal import load_settings


def run_demo(*, once: bool, as_json: bool, port: int | None, open_page: bool) -> int:
    """The exit code: 0 once the scenario has happened; 0 or 130 (Ctrl-C) when the workspace was closed.

    Raises PortUnusable, AlreadyRunning where a demo is open on the same data, StepFailed, and what the bot raises when
    it starts.
    """
    settings = load_settings()
    folder = place.fresh_folder(settings)
    if once:
        from bot.demo.scenario import play

        return play(settings, folder, as_json=as_json, port=port)
    from bot.demo.open_house import open_house

    return open_house(settings, folder, port=port, open_page=open_page)
