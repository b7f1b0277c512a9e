"""Trains the learned layer. Needs torch and onnx; nothing here is used when the bot runs."""
