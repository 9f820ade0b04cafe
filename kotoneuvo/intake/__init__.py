"""Intake spreadsheets: CSV of any Finnish sort in, guarded and read; verdicts for every row out."""
