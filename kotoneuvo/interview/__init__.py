"""The questionnaire: which question comes next, and the two ways to ask it."""
