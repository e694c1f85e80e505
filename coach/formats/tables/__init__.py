"""The record as tables: which columns there are, and how they become CSV or a workbook."""
