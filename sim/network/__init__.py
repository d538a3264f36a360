"""From a description to a compiled network: elements, servers, calendars, itineraries and what they cost."""
