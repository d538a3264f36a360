"""Which reported thing an element belongs to, and why units wait at it."""

from sim.indicators.table import Key
from sim.network.elements import Element, Network

SCOPES = {
    "section": "section",
    "sailing": "section",
    "acceptance": "post",
    "step": "post",
    "terminal": "terminal",
    "yard": "yard",
    "dock": "service",
    "space": "service",
    "berth": "port",
    "room": "terminal",
    "stock": "fleet",
}
CAUSE_OF = {
    "section": "path",
    "sailing": "closed",
    "acceptance": "acceptance",
    "step": "queue",
    "terminal": "handling",
    "yard": "train",
    "dock": "sailing",
    "space": "space",
    "berth": "berth",
    "room": "room",
    "stock": "stock",
}


def thing(element: Element) -> Key:
    """Return the key, without an indicator, of the thing that an element belongs to."""
    direction = element.direction
    if element.kind == "room":
        return storage_key(element.id, element.mode)
    if element.kind in ("berth", "terminal"):
        direction = element.part
    return Key("", SCOPES[element.kind], element.id, element.mode, direction)


def storage_key(thing_id: str, mode: str) -> Key:
    """Return the key of the storage of a port, which serves a `mode`, or of a terminal: no mode."""
    return Key("", "port" if mode else "terminal", thing_id, mode, "storage")


def counted(network: Network) -> list[int]:
    """Return the elements at which a thing's throughput is counted: of a post its last step."""
    last: dict[Key, int] = {}
    others = []
    for number, element in enumerate(network.elements):
        if element.kind == "step":
            last[thing(element)] = number
        elif element.kind in ("section", "sailing", "terminal", "berth"):
            others.append(number)
    return sorted([*others, *last.values()])
