"""A leader's yes, and the permissions behind it."""
