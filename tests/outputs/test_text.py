"""Numbers as a reader wants them."""

import math

import pytest

from sim.outputs.text import number, percent, scale, signed, with_interval


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1234567.8, "1,234,568"),
        (12.34, "12.3"),
        (1.234, "1.23"),
        (0.01234, "0.012"),
        (-45.67, "-45.7"),
        (None, "-"),
        (math.nan, "-"),
    ],
)
def test_numbers_have_three_significant_digits_and_thousands_apart(value, text):
    """No more digits than a simulation can stand behind, all digits of whole thousands."""
    assert number(value) == text


def test_signs_and_percents():
    """A difference always shows which way it goes; none at all has no sign."""
    assert signed(5) == "+5.00"
    assert signed(-5) == "-5.00"
    assert signed(0) == "0"
    assert percent(12.34) == "+12.3 %"
    assert percent(-0.001) == "0.0 %"
    assert percent(None) == "-"


def test_interval_is_shown_as_half_its_width():
    """The interval is symmetric, so half of it says everything; with one replication there is none."""
    assert with_interval(100, 90, 110) == "100 ± 10.0"
    assert with_interval(100, None, None) == "100"


def test_reports_use_larger_units():
    """Tonnes are read in kilotonnes, dollars in millions; hours stay hours."""
    assert scale("t") == (1e3, "kt")
    assert scale("h") == (1.0, "h")
