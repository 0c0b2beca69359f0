"""onnxruntime with its telemetry off: import it from here. The variable counts only before the library initialises."""
import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime  # noqa: E402

__all__ = ["onnxruntime"]
