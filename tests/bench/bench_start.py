"""How long one waits at the command line: for help, and from a command to its first number, cold."""

import os
import subprocess
import sys
from collections.abc import Iterator
from statistics import median
from time import perf_counter

from bench.row import Row, spread

COMMANDS = {
    "corridor --help": ("--help",),
    "corridor run baseline --days 1 -r 1": ("run", "baseline", "--days", "1", "-r", "1"),
}
PROGRAM = "from sim.cli import main; main()"


def rows(rounds: int) -> Iterator[Row]:
    """Yield the lines of the report; every command is a fresh interpreter."""
    empty = "an empty interpreter"
    took: dict[str, list[float]] = {name: [] for name in (empty, *COMMANDS)}
    for _ in range(rounds):
        took[empty].append(seconds("pass"))
        for name, words in COMMANDS.items():
            took[name].append(seconds(PROGRAM, *words))
    yield Row(f"start: {empty}", f"{median(took[empty]):.3f} s by the clock")
    for name in COMMANDS:
        ratios = [mine / its for mine, its in zip(took[name], took[empty], strict=True)]
        yield Row(f"start: {name}", f"{median(took[name]):.2f} s by the clock", spread(ratios), f"to {empty}")


def seconds(program: str, *words: str) -> float:
    """Return how long a program takes from its call to its end, by the clock on the wall."""
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    start = perf_counter()
    subprocess.run([sys.executable, "-c", program, *words], capture_output=True, check=True, env=surroundings)
    return perf_counter() - start
