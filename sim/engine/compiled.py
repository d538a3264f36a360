"""Compiling by numba, where the extra `fast` is installed; without it functions run as they stand."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

try:
    import numba
except ImportError:  # the extra `fast` is not installed
    numba = None  # type: ignore[assignment,unused-ignore]

P = ParamSpec("P")
R = TypeVar("R")

COMPILED = numba is not None and not os.environ.get("CORRIDOR_PLAIN")
"""Whether functions are compiled; the environment variable `CORRIDOR_PLAIN` keeps them as they stand."""


def compiled(function: Callable[P, R]) -> Callable[P, R]:
    """Return the function compiled by numba, or itself without it."""
    if not COMPILED:
        return function
    settings: Any = numba.config
    before, settings.CACHE_DIR = settings.CACHE_DIR, str(CACHE)
    try:
        return cast("Callable[P, R]", numba.njit(cache=True)(function))
    finally:
        settings.CACHE_DIR = before


def _cache() -> Path:
    """Return where compiled code is kept: a folder for this very text of the engine.

    numba looks at the date of a function's own file only, and freezes what the others held.
    """
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    home = os.environ.get("NUMBA_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "corridors" / digest.hexdigest()[:16]


CACHE: Any = _cache() if COMPILED else None
"""Where compiled code is kept between runs."""
