"""The video autoencoder: 4x8x8, 16 channels, streaming (TAEHV-like: Conv2d and a memory of the previous frame)."""
