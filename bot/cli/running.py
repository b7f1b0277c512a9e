"""Running the bot: the demo, the service, the check, the manifest."""

from typing import Annotated

import typer

from bot import logs, terminal
from bot.cli.output import Json, print_json
from bot.cli.tree import app


@app.command()
def demo(
    once: Annotated[
        bool, typer.Option("--once", help="Play a scenario instead, then end; 0 if all of it happened.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="With --once: write JSON, as README.md describes it.")
    ] = False,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port of the sandbox; else a free one.")] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Don't open a browser.")] = False,
) -> None:
    """Try it all on this machine, in a Slack workspace of its own that opens in the browser."""
    from bot.demo.command import run_demo

    if as_json and not once:
        raise typer.BadParameter("--json writes what came of the scenario: use it with --once")
    raise typer.Exit(run_demo(once=once, as_json=as_json, port=port, open_page=not no_open))


@app.command()
def serve() -> None:
    """Run the bot until it is told to stop (Ctrl-C, or SIGTERM)."""
    settings = terminal.load_settings()
    logs.set_up(settings.log_level)
    from bot.app import Bot

    stop = terminal.Stop()
    with Bot(settings):
        stop.wait()
    raise typer.Exit(stop.exit_code)


@app.command()
def check(as_json: Json = False) -> None:
    """Look whether everything is in place, and say how to mend what isn't."""
    from bot.doctor.findings import exit_code
    from bot.doctor.visit import examine

    findings = []
    for finding in examine(terminal.load_settings):
        findings.append(finding)
        if not as_json:
            typer.echo(finding.line())
    if as_json:
        print_json([finding.to_json() for finding in findings])
    raise typer.Exit(exit_code(findings))


@app.command()
def manifest() -> None:
    """Print the app manifest that Slack asks for when the app is made."""
    from bot.slack.manifest import manifest as slack_manifest

    print_json(slack_manifest())
