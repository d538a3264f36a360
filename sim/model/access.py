"""Who may not pass where: access rules of states."""

from pydantic import Field

from sim.model.evidence import Country, Evidence, Id, Text
from sim.model.network import Status


class AccessRule(Evidence):
    """A ban: freight from or to one of `ends` may not pass over land through the country `through`.

    With `commodities` it holds for those goods only. One that is not `operating` is not in force: a
    measure closes a rule to lift it.
    """

    title: Text
    status: Status
    through: Country
    ends: list[Country] = Field(min_length=1)
    commodities: list[Id] = []
    note: Text | None = None
