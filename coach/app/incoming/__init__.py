"""Bringing sessions in from files."""
