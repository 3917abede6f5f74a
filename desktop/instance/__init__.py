"""One app for a user's data: who is the first, and what later starts hand over to it."""
