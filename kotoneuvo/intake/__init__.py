"""Intake spreadsheets: CSV of any Finnish sort in, guarded and read. Nothing here judges."""
