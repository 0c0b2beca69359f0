"""The painter: who is meant -> their picture."""
