"""How a new list of what is to be translated is laid over what has been translated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kotoneuvo.catalogue.translations import CONTACT, READ_BY, SourceText, other_comments, previous_source

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog


def merge(wanted: Iterable[SourceText], old: Catalog, new: Catalog) -> None:
    """Fill the .po catalogue `new` with what is wanted and the translations of `old`.

    Where the source text has changed, the old translation stays for the translator, with the text that it was made of
    ("#| msgid"): it is stale, and no handout shows it.
    """
    same = {(message.context or "", str(message.id)): message for message in old if message.id}
    by_context = {message.context: message for message in old if message.id and message.context != CONTACT}
    for each in wanted:
        message = new.add(each.source, context=each.context or None, auto_comments=[each.hint] if each.hint else [])
        message.flags.discard("python-format")  # babel takes "35% B" for a place to fill
        known = same.get((each.context, each.source))
        before = known or by_context.get(each.context)
        if before is None or not before.string:
            message.user_comments = [*before.user_comments] if before else []
            continue
        source = previous_source(before.user_comments) or str(before.id)
        message.string, message.flags = before.string, before.flags - {"python-format", "python-brace-format"}
        message.user_comments = other_comments(before.user_comments)
        if source != each.source:
            message.previous_id, message.flags = [source], message.flags | {"fuzzy"}
            message.user_comments = [each for each in message.user_comments if not READ_BY.fullmatch(each)]
