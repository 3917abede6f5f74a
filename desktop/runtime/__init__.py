"""Where asyncio and Qt meet."""
