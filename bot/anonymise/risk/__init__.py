"""What is left after masking: how well the words still fit somebody, said in facts that a person can be told."""
