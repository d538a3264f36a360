"""What a user asks for as a whole: a scenario replicated, scenarios compared."""
