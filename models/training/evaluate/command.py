"""The whole command as a user gives it: its time and the memory of all its processes. Needs `npm run build` and wants idle cores."""
from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

from ..paths import REPOSITORY


def whole_command(frames: int, fps: int = 16) -> dict[str, float]:
    """{"seconds": wall time from start to exit, "bytes": largest proportional set size of all its processes together}."""
    with tempfile.TemporaryDirectory() as folder:
        began, peak = time.monotonic(), 0
        command = ["node", "dist/host/cli.mjs", "generate", "a penguin walks on the beach at sunset", "--seconds", str(frames / fps), "--seed", "1", "-o", f"{folder}/clip.mp4"]
        running = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, "FRAMEWRIGHT_HOME": f"{folder}/home"})
        while running.poll() is None:
            peak = max(peak, memory_of(running.pid))
            time.sleep(0.1)
        seconds = time.monotonic() - began
        if running.returncode:
            raise RuntimeError(running.stderr.read().decode()[-800:])
        shown = subprocess.run(["ffprobe", "-v", "error", "-count_frames", "-select_streams", "v", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", f"{folder}/clip.mp4"],
                               capture_output=True, text=True, check=True).stdout
        if int(shown.strip().rstrip(",")) != frames:
            raise RuntimeError(f"asked for {frames} frames, the file has {shown.strip()}")
    return {"seconds": seconds, "bytes": peak}


def memory_of(root: int) -> int:
    """Proportional set size of a process and everything it started, bytes; what has just ended counts 0."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().split(") ")[1].split()[1])
            except (OSError, IndexError):
                continue
    family = [root]
    for pid in family:
        family.extend(child for child, parent in parents.items() if parent == pid)
    total = 0
    for pid in family:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total
