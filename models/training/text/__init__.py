"""Text: a small BPE and a small encoder, trained together with the transformer."""
