"""A folder of results: written piece by piece and whole, so that nothing finished is ever lost.

``manifest.json`` says what was asked and of which inputs; ``replications/0007.json`` holds the numbers of
one finished replication; ``table.csv`` and ``table.json`` (of a comparison also ``comparison.csv``) are
written when the run ends. A run of the same inputs into the same folder takes up the finished
replications and simulates only the rest. With ``--trace`` every movement of a replication stands beside its
numbers, in ``replications/0007.trace.zip``, and the replication is finished when both are there whole.
"""

import hashlib
import json
import platform
from contextlib import suppress
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from sim import __version__
from sim.errors import InputError, Problem
from sim.indicators.result import Difference, Result
from sim.indicators.table import COLUMNS, Key, Numbers
from sim.model.case import Case
from sim.outputs.columns import DIFFERENCE_COLUMNS, as_csv, as_json, difference_values, table_values
from sim.outputs.precision_report import analysis
from sim.outputs.trace import is_whole, trace_file

LIBRARIES = ("networkx", "numpy", "pydantic", "simpy")


def fingerprint(case: Case) -> str:
    """Return the SHA-256 of everything that decides the numbers of a replication."""
    run = case.run.model_dump(mode="json", exclude={"replications"})
    content = {
        "program": _program(),
        "description": case.description.model_dump(mode="json", by_alias=True),
        "dated": [str(asdict(value)) for value in case.dated],
        "states": [str(asdict(state)) for state in case.states],
        "run": run,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _program() -> str:
    """Return the SHA-256 of the program itself: results of different programs do not mix."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for module in sorted(package.rglob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()


def manifest(case: Case, status: str, finished: int) -> dict[str, object]:
    """Return what a stored result says of itself."""
    return {
        "scenario": case.name,
        "title": case.title,
        "question": case.question,
        "status": status,
        "finished_replications": finished,
        "inputs_sha256": fingerprint(case),
        "run": case.run.model_dump(mode="json"),
        "applied": [asdict(change) for change in case.applied],
        "versions": {
            "corridor-sim": __version__,
            "python": platform.python_version(),
            **{name: version(name) for name in LIBRARIES},
        },
    }


def result_manifest(result: Result) -> dict[str, object]:
    """Return what a result that has ended says of itself."""
    status = "interrupted" if result.interrupted else "done"
    return manifest(result.case, status, len(result.replications)) | analysis(result)


def open_folder(folder: Path, case: Case, *, traced: bool = False) -> dict[int, Numbers]:
    """Make a folder ready for a case; return the replications that it already holds of the same inputs.

    With `traced` only those whose trace is whole.

    Raises
    ------
    InputError
        If the folder is no folder, or holds something else.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError([Problem("--out", 0, 0, str(folder), "is a file, not a folder")])
    known = folder / "manifest.json"
    if known.exists() and _inputs_of(known) != fingerprint(case):
        what = "holds a result of other inputs: name another folder, or remove this one"
        raise InputError([Problem("--out", 0, 0, str(folder), what)])
    if not known.exists() and folder.is_dir() and any(folder.iterdir()):
        what = "is not empty and holds no result: name another folder"
        raise InputError([Problem("--out", 0, 0, str(folder), what)])
    _make(folder / "replications")
    finished = _finished(folder)
    if traced:
        finished = {number: n for number, n in finished.items() if is_whole(trace_file(folder, number))}
    _write_whole(known, _pretty(manifest(case, "running", len(finished))))
    return finished


def write_replication(folder: Path, number: int, numbers: Numbers) -> None:
    """Write the numbers of one replication."""
    rows = [[*key, value] for key, value in numbers.items()]
    _write_whole(_replication_file(folder, number), json.dumps(rows))


def write_result(folder: Path, result: Result) -> None:
    """Write the long table and close the manifest; an interrupt may have come before a last replication."""
    for number, numbers in result.replications.items():
        if not _replication_file(folder, number).exists():
            write_replication(folder, number, numbers)
    values = table_values(result.rows())
    head = result_manifest(result)
    _write_whole(folder / "table.csv", as_csv(COLUMNS, values))
    _write_whole(folder / "table.json", as_json({"scenario": head}, COLUMNS, values))
    _write_whole(folder / "manifest.json", _pretty(head))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError([Problem("--out", 0, 0, str(folder), f"cannot be made: {error.strerror}")]) from None


def write_comparison(folder: Path, differences: list[Difference]) -> None:
    """Write what differs from the base, as ``comparison.csv``, beside a scenario's own table."""
    values = [difference_values(difference) for difference in differences]
    _write_whole(folder / "comparison.csv", as_csv(DIFFERENCE_COLUMNS, values))


def _inputs_of(path: Path) -> object:
    """Return the inputs' hash that a manifest names; nothing if it is no manifest."""
    try:
        content = json.loads(path.read_text("utf-8"))
    except ValueError:
        return None
    return content.get("inputs_sha256") if isinstance(content, dict) else None


def _replication_file(folder: Path, number: int) -> Path:
    return folder / "replications" / f"{number:04d}.json"


def _finished(folder: Path) -> dict[int, Numbers]:
    """Return the replications of a folder; a damaged one is taken for not simulated."""
    found: dict[int, Numbers] = {}
    for path in sorted((folder / "replications").glob("[0-9]*.json")):
        with suppress(ValueError, TypeError):
            found[int(path.stem)] = _numbers(path)
    return found


def _numbers(path: Path) -> Numbers:
    return {Key(*row[:-1]): row[-1] for row in json.loads(path.read_text("utf-8"))}


def _pretty(content: dict[str, object]) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _write_whole(path: Path, text: str) -> None:
    """Write a file beside its place and move it there, so that it is never seen half written."""
    draft = path.with_suffix(path.suffix + ".part")
    draft.write_text(text, "utf-8")
    draft.replace(path)
