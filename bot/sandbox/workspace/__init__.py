"""The facts of one workspace, and how they look as Slack's JSON. Nothing here knows of HTTP or of the app."""
