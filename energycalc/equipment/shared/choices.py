"""Where a choice decides what else must be said: refuse what is missing, and what the choice does not use."""

from __future__ import annotations

from collections.abc import Mapping

from energycalc.equipment.description import BOTH, DefaultUncertainty, Given, Parameter, Place, word
from energycalc.errors import InputError
from energycalc.quantity import current_subject

Needs = Mapping[str, tuple[str, ...]]


def choice_of(needs: Needs, name: str, example: str, zh: str, en: str, places: tuple[Place, ...] = BOTH) -> Parameter:
    """The parameter that decides, with what each of its words needs in its text.

    Args:
        needs: by word of the choice, the parameters it needs.
        name: of the parameter.
        example: one of the words.
        zh: what it is.
        en: what it is.
        places: where it is written.
    """
    in_zh = "；".join(f"{word} 需 {'、'.join(names) or '（無）'}" for word, names in needs.items())
    in_en = "; ".join(f"{word} needs {', '.join(names) or 'nothing else'}" for word, names in needs.items())
    return Parameter(name, places, "", example, f"{zh}；{in_zh}", f"{en}; {in_en}", choices=tuple(needs))


def needed_by_some(
    needs: Needs,
    name: str,
    unit: str,
    example: str,
    zh: str,
    en: str,
    limits: tuple[float, float],
    places: tuple[Place, ...] = BOTH,
    default_uncertainty: DefaultUncertainty | None = None,
) -> Parameter:
    """A number that only some words of a choice need; its text says which.

    Args:
        needs: by word of the choice, the parameters it needs.
        name: of the parameter.
        unit: in which ``limits`` hold.
        example: as a person writes it.
        zh: where the number comes from.
        en: where the number comes from.
        limits: lowest and highest admissible value.
        places: where it is written.
        default_uncertainty: of the instrument that reads it, where a source is at hand.
    """
    words = [word for word, names in needs.items() if name in names]
    in_zh, in_en = f"{zh}（{'、'.join(words)} 必填）", f"{en} (needed by {', '.join(words)})"
    return Parameter(name, places, unit, example, in_zh, in_en, True, limits, default_uncertainty=default_uncertainty)


def exactly_needed(given: Given, choice: str, needs: Needs, place: str) -> None:
    """Refuse a block that lacks what its choice needs, or holds what only another choice uses.

    Args:
        given: the block of the case file, already checked against the parameters.
        choice: name of the parameter that decides.
        needs: by word of the choice, the parameters it needs.
        place: name of the block.

    Raises:
        InputError: parameters are missing, or would be ignored.
    """
    chosen = word(given, choice)
    needed = needs[chosen]
    of_any_choice = {name for names in needs.values() for name in names}
    missing = [name for name in needed if name not in given]
    unused = [name for name in given if name in of_any_choice and name not in needed]
    if missing or unused:
        parts = (f"missing {', '.join(missing)}" if missing else "", f"not used {', '.join(unused)}" if unused else "")
        raise InputError(
            f"{choice} {chosen} under '{place}' needs exactly: {', '.join(needed) or 'nothing else'}",
            subject=current_subject(),
            value="; ".join(text for text in parts if text),
            next_step="Add what is missing, take out what the choice does not use",
        )
