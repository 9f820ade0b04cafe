"""The pure core: what is known about a person, which services fit, in which order.

Nothing here prints, opens, prompts, or reads a clock or the environment.
"""
