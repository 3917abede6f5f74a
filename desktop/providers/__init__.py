"""The only room that knows httpx: requests out, events in."""
