"""From text to validated objects: corridor files, scenarios and measures, every problem with its place.

Nothing here changes a description or knows what a scenario does to one.
"""
