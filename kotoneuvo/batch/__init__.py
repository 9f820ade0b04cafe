"""Advice for many people: results as CSV or JSON lines, worker processes, gaps, k-anonymity, summary of a file."""

import os

# numpy's linear algebra is not used here; its threads would only compete with the worker processes.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
