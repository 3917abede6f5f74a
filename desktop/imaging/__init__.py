"""Bytes into ImageInput."""
