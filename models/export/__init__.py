"""From checkpoints to the pack: ONNX graphs, quantised weights, parity, the manifest."""
