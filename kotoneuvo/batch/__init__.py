"""Many people at once: results as CSV or JSON lines, workers, gaps, k-anonymity and the summary of a file."""

import os

# The arrays of numpy are used without linear algebra: its threads would only stand in the way of the worker processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
