"""The pure core: what is known about a person, which services fit, and in which order.

Nothing here prints, opens files, prompts, or reads the clock or the environment. Each rule is in one module. A good
order for reading them:

1. What is known: `facts` (the closed list of facts and their values), `values` and `answer_words` (reading what people
   write), `situation` (the answers, and what follows from them), `later` (the same person on a later day).
2. What there is: `service`, its `contact` points and their `hours`, `statement` (what a service means for a person, and
   when it takes people in), `notices` (dated rules).
3. What fits: `criteria` (conditions that are met, unmet or unknown), `eligibility` (the verdict, what to ask, and what
   would open a closed service), `assessment` (one service for one person on one day).
4. In which order: `compiled` and `on_day` (what is the same for everybody), `pathway` (what opens now, through another
   service, or later), `doors` (which contact to use), `first_steps`.
5. The result: `report`, `calendar` (the days on which it changes), `disclosure` (what may be printed).

`problems` describes everything that is wrong with an input, all at once. `advisor`, with `encoding` and `groups`,
caches assessments so that many people can be advised quickly; it has no rules of its own.
"""
