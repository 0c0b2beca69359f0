"""The storybook world, first cut: a torch renderer of captioned scenes with exact masks (WORLD.md is the recipe)."""
