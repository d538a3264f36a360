"""Words and pictures: pure functions of results."""
