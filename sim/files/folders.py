"""Where the data lies: the corridor files, scenarios and maps that a command works on."""

from pathlib import Path

CORRIDORS = "corridors"
SCENARIOS = "scenarios"
PACKAGE = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    """Return the folder that holds ``corridors/``, ``scenarios/`` and ``maps/``.

    That is the current folder if it has the first two; otherwise the data that came with the program:
    ``sim/data`` of an installed package, the root of a checkout.
    """
    here = Path()
    if _holds_data(here):
        return here
    installed = PACKAGE / "data"
    return installed if _holds_data(installed) else PACKAGE.parent


def _holds_data(folder: Path) -> bool:
    return (folder / CORRIDORS).is_dir() and (folder / SCENARIOS).is_dir()
