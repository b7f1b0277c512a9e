"""What goes between the workspace and the app: envelopes, lines, retries, pace, and what goes wrong."""
