"""Untrusted bytes into exact pixels, and pixels into the bytes that are sent."""
