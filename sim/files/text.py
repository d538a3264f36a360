"""Read a text file, or say why it cannot be one."""

import stat
from pathlib import Path

from sim.errors import Problem, nearest

BYTES_PER_MB = 1_000_000
LARGEST_B = 5 * BYTES_PER_MB


def read_text(path: Path) -> str | Problem:
    """Return the text of a UTF-8 file of at most 5 MB, or the one problem that stands against it."""
    try:
        return _decoded(path, _bytes(path))
    except FileNotFoundError:
        return _missing(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return _problem(path, f"cannot be read: {reason}")


def printable(text: str) -> str:
    """Return a text on one line, a space for each sign that is not to be seen."""
    return "".join(sign if sign.isprintable() else " " for sign in text).strip()


def _problem(path: Path, what: str) -> Problem:
    return Problem(str(path), 0, 0, "", what)


def _bytes(path: Path) -> bytes | Problem:
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        return _problem(path, "is a folder, not a file")
    if not stat.S_ISREG(status.st_mode):
        return _problem(path, "is not a regular file")
    if status.st_size <= LARGEST_B:
        with path.open("rb") as file:
            content = file.read(LARGEST_B + 1)
        if len(content) <= LARGEST_B:
            return content
    return _problem(
        path, f"is larger than {LARGEST_B // BYTES_PER_MB} MB: this is no corridor or scenario file"
    )


def _decoded(path: Path, content: bytes | Problem) -> str | Problem:
    if isinstance(content, Problem):
        return content
    if b"\0" in content:
        return _problem(path, "is a binary file, not a text")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        return Problem(str(path), line, column, "", "is not UTF-8 here: save the file as UTF-8")
    return text if text.strip() else _problem(path, "is empty")


def _missing(path: Path) -> Problem:
    folder = path.parent
    if not folder.is_dir():
        return _problem(path, f"does not exist, nor does its folder '{folder}'")
    return _problem(path, f"does not exist{nearest(path.name, (entry.name for entry in folder.iterdir()))}")
