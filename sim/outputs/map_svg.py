"""Elements of SVG as text: escaped, rounded, always in the same order."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

Spot = tuple[float, float]
NAMESPACE = "http://www.w3.org/2000/svg"


def number(value: float) -> str:
    """Return a coordinate with one decimal, without a needless one."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def element(name: str, *children: str, **attributes: object) -> str:
    """Return an element.

    Parameters
    ----------
    name
        Its tag.
    children
        Elements inside, as text that is already escaped (`text` escapes).
    attributes
        A trailing underscore is dropped (``class_``), others become hyphens; None leaves one out; floats
        are rounded to one decimal.
    """
    told = "".join(
        f" {key.removesuffix('_').replace('_', '-')}={quoteattr(_value(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(children)
    return f"<{name}{told}>{inside}</{name}>" if inside else f"<{name}{told}/>"


def _value(value: object) -> str:
    return number(value) if isinstance(value, float) else str(value)


def group(children: Iterable[str], **attributes: object) -> str:
    """Return a group, one child a line; nothing for no children."""
    inside = "\n".join(children)
    return element("g", f"\n{inside}\n", **attributes) if inside else ""


def text(words: str, x: float, y: float, **attributes: object) -> str:
    """Return a line of text with its baseline at `y`."""
    return element("text", escape(words), x=x, y=y, **attributes)


def title(words: str) -> str:
    """Return what a viewer shows on pointing at the element that holds it."""
    return element("title", escape(words))


def path_data(points: Iterable[Spot], *, closed: bool = False) -> str:
    """Return the data of a path; points that round to the one before are left out."""
    told: list[str] = []
    for x, y in points:
        point = f"{number(x)} {number(y)}"
        if not told or told[-1] != point:
            told.append(point)
    return "M" + "L".join(told) + ("Z" if closed else "")
