"""What is charged: by whom, to whom, in which country, on what basis."""

from typing import Literal, Self

from pydantic import model_validator

from sim.model.evidence import Country, Frozen, Id, NonNegativeFigure, Text
from sim.model.network import Direction, Mode

Basis = Literal["t-km", "t", "vehicle", "vehicle-km", "t-day"]
"""By tonne or vehicle, by their kilometres, or for storage by tonne and day."""
Category = Literal["track-access", "road-charge", "border", "terminal", "port", "sea-freight", "air-freight"]
Regime = Literal["any", "transit", "bilateral"]


class Where(Frozen):
    """What a charge falls on: a section, post, terminal, port or service, or a mode in a country."""

    mode: Mode | None = None
    country: Country | None = None
    section: Id | None = None
    post: Id | None = None
    direction: Direction | None = None
    terminal: Id | None = None
    port: Id | None = None
    service: Id | None = None

    @property
    def target(self) -> tuple[str, str]:
        """What it falls on: (kind, id) of a thing, or (mode, country)."""
        things = {
            "sections": self.section,
            "posts": self.post,
            "terminals": self.terminal,
            "ports": self.port,
            "services": self.service,
        }
        named = ((kind, thing) for kind, thing in things.items() if thing)
        return next(named, (self.mode or "", self.country or ""))

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        things = [x for x in (self.section, self.post, self.terminal, self.port, self.service) if x]
        by_section = self.mode is not None and self.country is not None
        if len(things) + by_section != 1 or (things and (self.mode or self.country)):
            raise ValueError("name either mode and country, or one of section, post, terminal, port, service")
        if self.direction and not self.post:
            raise ValueError("'direction' goes with 'post'")
        return self


class Charge(Frozen):
    """A payment that goes to an infrastructure, a terminal, a port, a shipping line or a state.

    It falls due when a consignment leaves what it is charged `on`. `regime` says whether it is paid by
    all traffic, only by transit of the charging country, or only by its own foreign trade. One by `t-day` is
    for storage at a terminal or port: every day begun after `free_days` (none if not given) that freight lies
    there before its train or ship leaves.
    """

    title: Text
    payer: Literal["carrier", "shipper"]
    payee: Text
    country: Country
    category: Category
    basis: Basis
    rate_usd: NonNegativeFigure
    free_days: NonNegativeFigure | None = None
    on: Where
    regime: Regime = "any"

    @model_validator(mode="after")
    def _basis_fits(self) -> Self:
        by_distance = self.basis in ("t-km", "vehicle-km")
        if by_distance and self.on.mode is None and self.on.section is None:
            raise ValueError(f"a charge by {self.basis} needs 'on' to name mode and country, or a section")
        if self.basis == "t-day" and not (self.on.terminal or self.on.port):
            raise ValueError("a charge by t-day is for storage: 'on' must name a terminal or a port")
        if self.free_days and self.basis != "t-day":
            raise ValueError("'free_days' goes with a charge by t-day")
        return self
