"""What exists and what is asked: frozen, closed descriptions, checked when they are made.

Everything here is a pydantic model without behaviour of its own. Units stand in the field names.
"""
