"""The interview: which question comes next, the two ways to ask it, and the pages of advice after it."""
