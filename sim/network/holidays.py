"""When a step is closed for public holidays, and how long that makes an arrival wait on the mean."""

from sim.clock import Calendar, Window, merged
from sim.model.network import Step
from sim.network.builder import Builder
from sim.units import HOURS_PER_DAY, SECONDS_PER_DAY, hours


def days_off(build: Builder, step: Step) -> tuple[Window, ...]:
    """Return the parts of a run in which a step is closed for holidays of its side, disjoint and in order."""
    if step.on_holidays == "open":
        return ()
    years = range(build.clock.first_day.year, build.clock.day(build.end_s).year + 1)
    spans = [
        span
        for holidays in build.case.description.holidays.values()
        if holidays.country == step.side
        for holiday in holidays.days.values()
        for span in map(holiday.days, years)
        if span is not None
    ]
    windows = [
        Window(max(0, build.clock.at(first)), min(build.end_s, build.clock.at(last) + SECONDS_PER_DAY))
        for first, last in spans
    ]
    return merged([window for window in windows if window.start_s < window.end_s])


def holiday_wait_h(away: tuple[Window, ...], working: Calendar, run_s: int) -> float:
    """Return what the holidays of a run of `run_s` seconds add to the mean wait for opening, h.

    An arrival comes at any time of the run. D days off on end make one closure of D days and a night out of
    the D + 1 nights beside them.
    """
    opens, closes = working.hours.first
    night_h = HOURS_PER_DAY - hours(closes - opens)
    added_h2 = 0.0
    for window in away:
        off_h = hours(window.end_s - window.start_s)
        nights = off_h / HOURS_PER_DAY + 1
        added_h2 += ((off_h + night_h) ** 2 - nights * night_h**2) / 2
    return added_h2 / hours(run_s)
