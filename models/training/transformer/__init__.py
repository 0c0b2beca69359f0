"""The video transformer: flow matching over latents, speaking the Wan-VACE names (models/families/video/contract.ts)."""
