"""What is found by rule: each file one kind of thing, readable and tested alone."""
