"""Where scenarios and measures lie, and how they are called: a name is a file without its ``.yaml``."""

from collections.abc import Iterable
from pathlib import Path

from sim.errors import nearest

MEASURES = "measures"
SUFFIXES = (".yaml", ".yml")


def names(folder: Path) -> list[str]:
    """Return the names of the YAML files of a folder, in order; none if it does not exist."""
    if not folder.is_dir():
        return []
    return sorted(file.stem for file in folder.iterdir() if file.suffix in SUFFIXES and file.is_file())


def is_path(name_or_path: str) -> bool:
    """Whether a user means a file rather than a name."""
    return "/" in name_or_path or "\\" in name_or_path or name_or_path.endswith(SUFFIXES)


def find(name: str, folders: Iterable[Path]) -> Path | None:
    """Return the file of that name in the first of the folders that has one."""
    for folder in folders:
        if name in names(folder):
            plain = folder / f"{name}.yaml"
            return plain if plain.exists() else folder / f"{name}.yml"
    return None


def unknown(noun: str, name: str, folders: Iterable[Path]) -> str:
    """Say that no folder has a file of that name, with the nearest that one has."""
    known = {other for folder in folders for other in names(folder)}
    return f"unknown {noun} '{name}'{nearest(name, known)}"


def scenario_folders(scenario: Path, scenarios: Path) -> list[Path]:
    """Return where the bases of a scenario file are looked for: beside it, then in `scenarios`."""
    return _distinct([scenario.parent, scenarios])


def measure_folders(file: Path, scenarios: Path) -> list[Path]:
    """Return where the measures that a scenario or measure uses are looked for, nearest first."""
    beside = file.parent if file.parent.name == MEASURES else file.parent / MEASURES
    return _distinct([beside, scenarios / MEASURES])


def _distinct(folders: list[Path]) -> list[Path]:
    return list({folder.resolve(): folder for folder in reversed(folders)}.values())[::-1]
