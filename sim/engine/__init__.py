"""The simulation: SimPy processes, servers and time. It writes records and knows nothing of indicators."""
