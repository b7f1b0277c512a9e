"""`collaborate demo`: the bot in a Slack workspace on this machine, to walk about in or as a measured scenario."""
