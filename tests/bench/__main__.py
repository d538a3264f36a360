"""Print the benchmarks as one table of ratios: `make bench`, or `make bench BENCH=--quick`."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable

from bench import bench_growth, bench_start, bench_tandem, bench_year
from bench.row import Row
from rich.console import Console
from rich.table import Table

WIDTH = 200
QUICK = {"n": 2_000, "rounds": 3, "days": 7, "growth_days": 2, "starts": 3}
PARTS: dict[str, Callable[[Namespace], Iterable[Row]]] = {
    "tandem": lambda asked: bench_tandem.rows(asked.n, asked.rounds),
    "year": lambda asked: bench_year.rows(asked.days, asked.replications),
    "growth": lambda asked: bench_growth.rows(asked.growth_days),
    "start": lambda asked: bench_start.rows(asked.starts),
}


def positive(text: str) -> int:
    """Return a whole number of at least 1."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def parser() -> ArgumentParser:
    """Return the options."""
    options = ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="leave out the others")
    options.add_argument("--quick", action="store_true", help="a few minutes: fewer of everything")
    for name, default, text in (
        ("--n", 10_000, f"consignments of the tandem network, at most {bench_tandem.MOST:,}"),
        ("--rounds", 5, "pairs of runs of the tandem network"),
        ("--days", None, "days measured of the two scenarios (default: their own, a year)"),
        ("--replications", 1, "runs of the two scenarios, in turn"),
        ("--growth-days", 7, "days of the baseline from which growth is counted"),
        ("--starts", 3, "times that each command is started"),
    ):
        options.add_argument(name, type=positive, default=default, help=text)
    return options


def main() -> None:
    """Run the benchmarks and print one table; times are told, not judged."""
    options = parser()
    if options.parse_args().quick:
        options.set_defaults(**QUICK)
    asked = options.parse_args()
    console = Console()
    console = console if console.is_terminal else Console(width=WIDTH)
    table = Table(
        "what",
        "measured",
        "ratio",
        "of what",
        title="Benchmarks; seconds are processor time unless by the clock",
    )
    for part in asked.only:
        with console.status(part):
            rows = list(PARTS[part](asked))
        for row in rows:
            table.add_row(row.what, row.measured, row.ratio, row.of_what)
        table.add_section()
    console.print(table)


if __name__ == "__main__":
    main()
