"""Which way freight and travellers go: shares of itineraries and timetables by generalised cost."""
