"""The pure core: what is known about a person, which services fit, in which order.

Nothing here prints, opens, prompts, or reads a clock or the environment. Each rule stands in one module; to read them
in order:

1. What is known: `facts` (the closed list, with the values of each), `values` (what people write, as values),
   `situation` (answers, and what follows from them), `elapsed` and `later` (birthdays, years in the country).
2. What there is: `service`, with its `contact` points and `hours`, `statement` (what it means, when it takes people in)
   and `notices` (dated rules).
3. What fits: `criteria` (conditions, judged met, unmet or unknown), `eligibility` (the verdict, what to ask), `changes`
   (what would open what is closed), `assessment` (a service for a person on a day).
4. In which order: `compiled` and `on_day` (what is the same for everybody), `pathway` (what opens now, through another
   service, later), `doors` (where to turn), `first_steps`.
5. What is said: `report`, `calendar` (the days on which it changes), `disclosure` (what may stand on paper).

`problems` is how everything says what is wrong with an input, all at once.
`advisor`, with `encoding`, `groups` and `assessments`, remembers what services say, so that many people are advised
fast; it has no rule of its own.
"""
