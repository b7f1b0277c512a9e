"""A Slack workspace on this machine: for the demo, for tests, for trying things. Start at driver.py."""
