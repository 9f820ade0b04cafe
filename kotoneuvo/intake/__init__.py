"""Intake spreadsheets: CSV of any Finnish sort in, guarded and read; verdicts for every row out."""

import os

# The arrays of numpy are used without linear algebra: its threads would only stand in the way of the worker processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
