"""A leader looks through the lines of a draft that want an eye."""
