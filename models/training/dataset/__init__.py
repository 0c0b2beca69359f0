"""Rendered clips on disk and their latents: what the autoencoder and the transformer train on when there is no GPU to render on."""
