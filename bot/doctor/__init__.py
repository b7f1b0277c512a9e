"""What `collaborate check` finds out: machine.py looks here, slack.py asks Slack. Nothing is changed or made."""
