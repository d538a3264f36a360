"""The tandem network in C (`limit.c`), compiled by the system's own compiler."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from bench.tandem import DAY_H, OPEN_H, SERVERS, STATIONS, Traffic

SOURCE = Path(__file__).with_name("limit.c")
WHOLE = ctypes.c_int64
TABLE = np.ctypeslib.ndpointer(dtype=np.int64, flags="C_CONTIGUOUS")


@cache
def compiled() -> Callable[..., int]:
    """Compile `limit.c` and return its function.

    Raises
    ------
    ImportError
        If there is no compiler or it fails.
    """
    compiler = shutil.which(os.environ.get("CC", "cc"))
    if compiler is None:
        raise ImportError("no C compiler found (`cc`, or what the variable CC names)")
    with TemporaryDirectory() as folder:
        library = Path(folder) / "limit.so"
        command = [compiler, "-O3", "-shared", "-fPIC", "-o", str(library), str(SOURCE)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise ImportError(f"`{' '.join(command[:4])}` failed: {done.stderr.strip()[:200]}")
        function = ctypes.CDLL(str(library)).limit
    function.argtypes = [WHOLE, TABLE, TABLE, TABLE, TABLE, TABLE, WHOLE, WHOLE, TABLE]
    return function


def by_limit(traffic: Traffic) -> np.ndarray:
    """Return the wait (ticks) of each consignment at each station."""
    flat, day = traffic.flat, DAY_H * traffic.ticks_per_h
    waits = np.zeros((len(traffic.entry), STATIONS), dtype=np.int64)
    servers = np.array(SERVERS, dtype=np.int64)
    given = (len(traffic.entry), flat.entry, flat.way, flat.service, flat.links, servers)
    if compiled()(*given, OPEN_H * traffic.ticks_per_h, day, waits):
        raise MemoryError("limit.c got no memory")
    return waits
