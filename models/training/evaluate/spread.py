"""How a measure spreads over clips: its middle never stands without its bad end.

    python -m models.training.evaluate.spread      # checks itself
"""
from __future__ import annotations

from math import ceil
from statistics import median
from typing import Iterable, Sequence


def spread(values: Iterable[float]) -> dict[str, float]:
    """Median, 95th percentile (nearest rank) and worst, where larger is worse."""
    ordered = sorted(float(value) for value in values)
    if not ordered:
        raise ValueError("Nothing was measured.")
    return {"median": median(ordered), "p95": ordered[ceil(0.95 * len(ordered)) - 1], "worst": ordered[-1]}


def told(value: dict[str, float], digits: int = 2) -> str:
    """For the card: '1.20, 95th percentile 2.10, worst 3.40'."""
    return f"{value['median']:.{digits}f}, 95th percentile {value['p95']:.{digits}f}, worst {value['worst']:.{digits}f}"


def step_ratios(steps: Sequence[float], at: Sequence[int], still: float) -> list[float] | None:
    """Steps at some places over the clip's median step; None for a clip that stands still, where a ratio says nothing."""
    middle = median(steps)
    return None if middle < still else [steps[place] / middle for place in at]


def check() -> None:
    assert spread([3, 1, 2]) == {"median": 2.0, "p95": 3.0, "worst": 3.0}
    assert spread(range(1, 101)) == {"median": 50.5, "p95": 95.0, "worst": 100.0}
    assert told({"median": 1.2, "p95": 2.1, "worst": 3.4}) == "1.20, 95th percentile 2.10, worst 3.40"
    assert step_ratios([1, 1, 4, 1], [2, 0], 0.2) == [4.0, 1.0]
    assert step_ratios([0.1, 0.1, 9, 0.1], [2], 0.2) is None


if __name__ == "__main__":
    check()
    print("spread: as it should be")
