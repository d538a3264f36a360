"""Chance: one named random stream for a purpose and an id, so that nothing disturbs anything else.

A stream is found by its names, never by the order in which streams were asked for. Two scenarios that
share a flow and a post therefore meet the same arrivals and the same service times there (common random
numbers), and what is added elsewhere changes nothing.
"""

from hashlib import blake2b

import numpy as np


def stream(seed: int, replication: int, purpose: str, *ids: str) -> np.random.Generator:
    """Return the generator of the stream named `purpose` and `ids` in one replication.

    Parameters
    ----------
    seed
        The seed of the run, 0 or more.
    replication
        Number of the replication, 0 or more.
    purpose, ids
        The names of the stream, e.g. ``"arrivals", "russia-iran-grain"``.
    """
    name = "\0".join((purpose, *ids)).encode()
    digest = blake2b(name, digest_size=16).digest()
    words = [int.from_bytes(digest[i : i + 4], "little") for i in range(0, 16, 4)]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, replication, *words])))
