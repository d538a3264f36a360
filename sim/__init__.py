"""Freight corridors between Iran, Azerbaijan and their neighbours, simulated vehicle by vehicle.

The packages below stand in one order, lowest first, and import only downwards::

    errors, units, clock, streams < model | records < files | changes < network
    < choice | engine | indicators < outputs < studies < cli
"""

__version__ = "0.1.0"
