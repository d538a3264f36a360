"""Which way freight goes: shares of itineraries by generalised cost."""
