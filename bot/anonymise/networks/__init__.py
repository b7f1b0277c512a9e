"""What is found by weights: Rampart, the learned layer over the same reading, and spaCy."""
