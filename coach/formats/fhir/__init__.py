"""The record as FHIR R4 4.0.1 resources, written as plain dictionaries (interop.md 1)."""
