"""Command-line options that stand for facts; kept apart so that help is shown without loading anything else."""

from __future__ import annotations

OPTIONS = {
    "municipality": "municipality by name (fi or sv) or code; where the person lives or stays",
    "goals": "what the person wants, most wanted first: work,language,…",
    "age": "years, or a band: 34, 18-29, 65+",
    "labour_status": "employed, unemployed_registered, student, parent_at_home, …",
    "is_jobseeker_client": "registered as a jobseeker: yes or no",
    "finnish_level": "level of Finnish: 0, A1.3, A2, B1-B2, …",
    "swedish_level": "level of Swedish, likewise",
    "literacy": "illiterate, literate_other_script, LK1, LK2, literate_latin",
    "schooling": "none, some_basic, basic_complete, upper_secondary, vocational, higher",
    "wants_higher_education": "yes or no",
    "highly_skilled": "yes or no",
    "needs_skills_and_jobsearch_support": "yes or no",
    "needs_multi_agency_support": "yes or no",
    "in_integration_training": "yes or no",
    "children_ages": 'ages or bands: "2,8", "<3,7-15", none',
    "cares_child_under_3_at_home": "yes or no",
    "grandchildren_under_16": "yes or no",
    "parent_role": "mother, father, guardian, none",
    "tight_finances": "money is tight: yes or no",
    "gender": "woman, man, other",
    "client_of_card_partner": "client of a unit that gives out the Kaikukortti: yes or no",
    "status": "residence status: asylum, family_ties, work_employed, undocumented, …",
    "has_municipality_of_residence": "yes or no",
    "years_since_first_permit": "years (2), a band (<3) or the month of the first permit (2024-05)",
    "integration_phase": "not_started, in_phase, past",
    "recently_arrived": "yes or no",
    "citizenship_group": "foreign, fi_naturalised_adult, fi_other",
    "has_residence_permit": "yes or no",
    "has_right_to_work": "yes or no",
    "refugee_or_comparable": "yes or no",
    "family_of_protected": "yes or no",
    "came_as_spouse": "yes or no",
    "undocumented": "yes or no",
    "in_asylum_process": "yes or no",
    "wants_return_to_home_country": "yes or no; only if the person tells",
    "trafficking_victim": "yes or no; only if the person tells",
    "violence": "yes or no; only if the person tells",
    "customer_role": "migrant (default), employer, authority, association, resident",
    "service_language": "languages the person speaks: ar,en",
}
"""An option for every fact, with its help."""


def option_name(fact: str) -> str:
    """The command-line option of a fact."""
    return "--" + fact.replace("_", "-")
