"""How well the rehearsal finds a speaker, and how little is left once the words are softened."""
