"""The upscaler: a frame at the pack's size -> the same frame four times as wide and high."""
