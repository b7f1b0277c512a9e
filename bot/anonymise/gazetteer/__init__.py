"""Names that an operator brings: practices, places, local programmes, people."""
