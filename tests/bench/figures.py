# SPDX-License-Identifier: MIT OR Apache-2.0
"""How a benchmark in Python ends."""
import json
import sys


def show(figures: dict[str, float], budgets: dict[str, float]) -> None:
    """Prints every figure, then all as one line of JSON. Ends the program when one is above its budget."""
    for name, value in figures.items():
        print(name, value)
    print(json.dumps(figures))
    over = [f"{name} is above {limit}" for name, limit in budgets.items() if figures.get(name, 0) > limit]
    if over:
        sys.exit("over budget: " + ", ".join(over))
