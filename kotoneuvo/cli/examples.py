"""The examples in the help of each command and in docs/reference/commands.md. Tests run each of them."""

EXAMPLES: dict[str, dict[str, str]] = {
    "kotoneuvo": {
        "kotoneuvo": "The interview; its first question also takes a whole client in one line: turku 34 perheside",
        "kotoneuvo turku 34 perheside a1.3 työ": "The same line after the program's name, where others may see it",
        "kotoneuvo --lang fi --plain": "In Finnish, line by line: for screen readers",
        "kotoneuvo doctor": "Is anything missing on this computer?",
    },
    "kotoneuvo advise": {
        "kotoneuvo advise --answers - < answers.toml": (
            "One person, answers from stdin: nobody else sees them, and the shell does not store them"
        ),
        "kotoneuvo advise --answers answers.toml --format json": "From a file, with a result for scripts",
        "kotoneuvo advise --municipality Vantaa --age 34 --goals work": "Answers that are not sensitive, as options",
        "kotoneuvo advise --answers answers.toml --format html --handout-lang ar --bilingual --output paper.html": (
            "A handout in Arabic, with your own language beside it"
        ),
        "kotoneuvo advise --answers answers.toml --format note": "A note of the visit for your own register",
        "kotoneuvo advise --municipality Oulu --as-of 2020-09-01": "As of another day",
    },
    "kotoneuvo batch": {
        "kotoneuvo batch intake.csv --dry-run": "How every column and value is read; advises nobody",
        "kotoneuvo batch intake.csv --output results.csv --report gaps.html --problems problems.csv": (
            "Results for each row, a report on gaps, and the cells that were not understood"
        ),
        "kotoneuvo batch --template --output empty.csv": "An empty file to fill in, with its code book",
    },
    "kotoneuvo card": {
        "kotoneuvo card ar --output card.pdf": "In Arabic, on A4: the client points, you type the number",
        "kotoneuvo card somali --lang fi --output card.html": "In Somali for a desk in Finnish, by name",
    },
    "kotoneuvo doctor": {
        "kotoneuvo doctor": "What is there, what is missing, what to do",
        "kotoneuvo doctor --format json": "The same, for somebody who looks after many computers",
    },
    "kotoneuvo services": {
        "kotoneuvo services search jarjestotila": "Find a service by a word of its name",
        "kotoneuvo services show infofinland": "All that is known about one service",
    },
    "kotoneuvo services list": {
        "kotoneuvo services list --municipality Turku --goal language": "Language services in one town",
        "kotoneuvo services list --audience employer --operating active": "Services for employers",
    },
    "kotoneuvo services search": {
        'kotoneuvo services search "116 006"': "Whose number is this? In any spelling",
        "kotoneuvo services search migri.fi": "Which office, what it does, what to do there",
        "kotoneuvo services search maistraatti": "By an old name, also with a typing error",
    },
    "kotoneuvo services show": {
        "kotoneuvo services show infofinland": "Contacts, conditions, sources and their dates",
    },
    "kotoneuvo catalogue": {
        "kotoneuvo catalogue check": "Is anything wrong in the files that count?",
        "kotoneuvo catalogue where": "Which files count, and where to put your own",
    },
    "kotoneuvo catalogue check": {
        "kotoneuvo catalogue check spr.toml": "Check a file of your own",
        "kotoneuvo catalogue check spr.toml --format json": "The same for scripts",
    },
    "kotoneuvo catalogue schema": {
        "kotoneuvo catalogue schema --overlay --output catalogue.schema.json": "For the editor, beside your file",
    },
    "kotoneuvo catalogue where": {
        "kotoneuvo catalogue where --catalogue spr.toml": "What your own file adds, changes and hides",
    },
    "kotoneuvo catalogue report": {
        "kotoneuvo catalogue report --format html --output report.html": "Contacts and ages by kind and town, to print",
    },
    "kotoneuvo catalogue stale": {
        "kotoneuvo catalogue stale --within 6": "What must be confirmed within six months",
    },
    "kotoneuvo catalogue translations": {
        "kotoneuvo catalogue translations dari": "What a translator of Dari should look at",
    },
    "kotoneuvo catalogue confirm": {
        "kotoneuvo catalogue confirm spr-vantaa-drop-in --source https://example.fi/drop-in --file spr.toml": (
            "The page still says so today"
        ),
    },
    "kotoneuvo catalogue new": {
        "kotoneuvo catalogue new --file own.toml": "Your own service, asked for step by step",
    },
    "kotoneuvo catalogue sheet": {
        "kotoneuvo catalogue sheet --municipality Vantaa --stale -o vantaa.xlsx": "What must be asked again",
    },
    "kotoneuvo catalogue take": {
        "kotoneuvo catalogue take vantaa.csv --file own.toml": "What was filled in, into your own file",
    },
    "kotoneuvo catalogue links": {
        "kotoneuvo catalogue links --service infofinland": "The pages of one service",
    },
    "kotoneuvo catalogue export": {
        "kotoneuvo catalogue export --to html --municipality Vantaa --output vantaa.html": "To print",
        "kotoneuvo catalogue export --to hsds --output services.json": "Open Referral, for other systems",
    },
    "kotoneuvo catalogue import-ptv": {
        "kotoneuvo catalogue import-ptv ptv.json --output ptv.toml": "From a file of the Service Catalogue",
        "kotoneuvo catalogue import-ptv --from-api --municipality Vantaa --output ptv.toml": (
            "From the Service Catalogue itself"
        ),
    },
    "kotoneuvo catalogue match": {
        "kotoneuvo catalogue match ptv.json": "Which services of a file are ours",
        "kotoneuvo catalogue match --from-api --municipality Vantaa --file spr.toml": (
            "Asked on the terminal, kept in your file"
        ),
    },
    "kotoneuvo catalogue refresh": {
        "kotoneuvo catalogue refresh ptv.json": "What would be confirmed, and what differs",
        "kotoneuvo catalogue refresh --from-api --file spr.toml": "Confirm what the register still says",
    },
    "kotoneuvo catalogue diff": {
        "kotoneuvo catalogue diff old.toml spr.toml --overlays": "What a new version of your file changes",
        "kotoneuvo catalogue diff old.toml spr.toml --overlays --answers answers.toml": (
            "And what that changes for one person"
        ),
    },
}
"""By the full name of the command: lines to type, each with what it does."""
