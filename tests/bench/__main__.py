"""Print the benchmarks: ``python tests/bench [--n N] [--rounds R] [--skip-year]``."""

from argparse import ArgumentParser

import bench_tandem
import bench_year
from rich.console import Console
from rich.table import Table


def main() -> None:
    """Run the benchmarks and print one table; times are told, not judged."""
    parser = ArgumentParser(prog="python tests/bench", description=__doc__)
    parser.add_argument(
        "--n",
        type=int,
        default=20_000,
        help=f"consignments of the tandem network, at most {bench_tandem.MOST:,}",
    )
    parser.add_argument("--rounds", type=int, default=3, help="pairs of runs of the tandem network")
    parser.add_argument("--skip-year", action="store_true", help="leave out the year of the baseline")
    asked = parser.parse_args()
    table = Table("what", "measured", title="Benchmarks")
    for row in bench_tandem.rows(min(asked.n, bench_tandem.MOST), max(3, asked.rounds)):
        table.add_row(*row)
    for row in () if asked.skip_year else bench_year.rows():
        table.add_row(*row)
    Console().print(table)


if __name__ == "__main__":
    main()
