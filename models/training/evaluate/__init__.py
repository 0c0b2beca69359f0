"""Figures for the card, from ground truth the renderer knows. Nothing here is shared with the generator."""
