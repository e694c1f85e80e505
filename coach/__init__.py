"""Nerve Coach: guided nerve-gliding and modified hamstring-stretch sessions."""

__version__ = "0.1.0"
