"""Units as a whitelist: read as people write them, multiplied as symbols, converted by pint's definitions.

Pint reads ``units.txt`` and knows what each unit is worth; it is imported only when the first unit is resolved. Around
it stands a light ``Unit`` (symbols with exponents), because a trace shows *kW·h* before it shows *kWh*, and because a
unit here may carry a qualifier that makes it a different thing: ``bar[g]`` and ``bar[a]``, ``MJ[LHV]`` and
``MJ[HHV]``, ``m3[0C]``, ``kgCO2e[AR5]``, ``TWD[2018]``.
"""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from importlib import resources
from typing import Any, NoReturn

from energycalc.errors import UnitError
from energycalc.quantity.unit_words import ALIASES, AMBIGUOUS, DISPLAY, QUALIFIER_WORDS

Dimension = tuple[tuple[str, float], ...]

_ATOM = re.compile(r"[^\s\d·*/^()\[\]][^\s·*/^()\[\]]*")
_QUALIFIERS = {
    "pressure": ("g", "a"),
    "energy": ("LHV", "HHV", "not_stated"),
    "volume": ("0C", "15C", "20C", "25C"),
    "emission": ("AR4", "AR5", "AR6", "not_stated"),
}


class Unit:
    """A product of unit symbols with exponents, e.g. ``kcal[LHV]/m3``. Interned: equal units are the same object."""

    __slots__ = ("_dimension", "_factor", "terms", "text")
    terms: tuple[tuple[str, float], ...]
    text: str

    def __init__(self, terms: tuple[tuple[str, float], ...]) -> None:
        """Use :func:`unit` instead; two units with the same terms must be one object."""
        self.terms = terms
        self.text = _text(terms)
        self._factor: float | None = None
        self._dimension: Dimension | None = None

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"unit({self.text!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        return unit, (self.text,)

    @property
    def is_point(self) -> bool:
        """True for scales with their own zero (°C, gauge pressure): points, which cannot be multiplied."""
        if len(self.terms) != 1 or self.terms[0][1] != 1:
            return False
        return self.terms[0][0] == "degC" or self.terms[0][0].endswith("[g]")

    @property
    def difference(self) -> Unit:
        """The unit of a difference between two points of this scale."""
        atom = self.terms[0][0]
        return unit("K") if atom == "degC" else unit(atom.removesuffix("[g]"))

    @property
    def factor(self) -> float:
        """Size in coherent base units."""
        if self._factor is None:
            self._resolve()
        return self._factor  # type: ignore[return-value]

    @property
    def dimension(self) -> Dimension:
        """Base dimensions and qualifiers with their exponents."""
        if self._dimension is None:
            self._resolve()
        return self._dimension  # type: ignore[return-value]

    @property
    def is_dimensionless(self) -> bool:
        """True when nothing is left but a number (1, %, h/h)."""
        return not self.dimension

    def _resolve(self) -> None:
        factor, dimension = 1.0, dict[str, float]()
        for atom, exponent in self.terms:
            size, dims = _atom(atom)
            factor *= size**exponent
            for name, power in dims:
                dimension[name] = dimension.get(name, 0) + power * exponent
        self._factor = factor
        self._dimension = tuple(sorted((k, v) for k, v in dimension.items() if v != 0))

    def times(self, other: Unit) -> Unit:
        """Product of two units."""
        return _combine(self, other, 1)

    def over(self, other: Unit) -> Unit:
        """Quotient of two units."""
        return _combine(self, other, -1)

    def power(self, exponent: float) -> Unit:
        """This unit raised to a number."""
        return _intern(tuple((a, e * exponent) for a, e in self.terms if e * exponent != 0))


@functools.cache
def _combine(a: Unit, b: Unit, sign: int) -> Unit:
    terms = dict(a.terms)
    for atom, exponent in b.terms:
        terms[atom] = terms.get(atom, 0) + sign * exponent
    return _intern(tuple((k, v) for k, v in terms.items() if v != 0))


_interned: dict[frozenset[tuple[str, float]], Unit] = {}


def _intern(terms: tuple[tuple[str, float], ...]) -> Unit:
    key = frozenset(terms)
    found = _interned.get(key)
    if found is None:
        found = _interned[key] = Unit(terms)
    return found


def _text(terms: tuple[tuple[str, float], ...]) -> str:
    if not terms:
        return "1"

    def show(atom: str, exponent: float) -> str:
        shown = DISPLAY.get(atom, atom)
        return shown if exponent == 1 else f"{shown}^{exponent:g}"

    above = "·".join(show(a, e) for a, e in terms if e > 0) or "1"
    below = [show(a, -e) for a, e in terms if e < 0]
    text = above if not below else f"{above}/{below[0]}" if len(below) == 1 else f"{above}/({'·'.join(below)})"
    return DISPLAY.get(text, text)


@functools.cache
def unit(text: str) -> Unit:
    """Read a unit as people write it.

    Args:
        text: for example ``kW``, ``度``, ``kW/(m3/min)``, ``Nm3``, ``MPa(g)``, ``kcal[LHV]/m3``, ``元/kWh``.

    Returns:
        The unit; the same object for the same meaning.

    Raises:
        UnitError: unknown, ambiguous (``RT``, ``HP``, ``ton``) or with a qualifier that does not fit.
    """
    normal = unicodedata.normalize("NFKC", text).strip().replace("²", "2").replace("³", "3").replace("**", "^")
    for pattern, replacement in QUALIFIER_WORDS:
        normal = re.sub(pattern, replacement, normal)
    normal = normal.replace("×", "*").replace("·", "*").replace("‧", "*").replace("∙", "*")
    if normal in ("", "1", "-"):
        return _intern(())
    if normal.replace("^", "") in AMBIGUOUS:
        _refuse_ambiguous(normal.replace("^", ""))
    terms, rest = _product(normal, text)
    if rest:
        raise UnitError("cannot be read as a unit", subject=repr(text), next_step=f'"{rest}" is left over')
    return _intern(tuple((a, e) for a, e in terms.items() if e != 0))


def _refuse_ambiguous(name: str) -> NoReturn:
    raise UnitError(
        AMBIGUOUS[name][0], subject=f"unit {name!r}", limit="a unit with one meaning", next_step=AMBIGUOUS[name][1]
    )


def _product(rest: str, whole: str) -> tuple[dict[str, float], str]:
    terms: dict[str, float] = {}
    sign = 1
    while rest:
        rest = rest.lstrip()
        if rest.startswith(")") or not rest:
            break
        if rest[0] in "*/":
            sign, rest = (1 if rest[0] == "*" else -1), rest[1:].lstrip()
        if rest.startswith("("):
            inner, rest = _product(rest[1:], whole)
            if not rest.startswith(")"):
                raise UnitError("a bracket is not closed", subject=repr(whole))
            rest = rest[1:]
        elif re.match(r"1\s*(/|$)", rest):
            inner, rest = {}, rest[1:]
        else:
            inner, rest = _read_atom(rest, whole)
        power = re.match(r"\s*\^\s*\(?(-?\d+(?:\.\d+)?)\)?", rest)
        exponent = 1.0
        if power:
            exponent, rest = float(power[1]), rest[power.end() :]
        for atom, e in inner.items():
            terms[atom] = terms.get(atom, 0) + sign * e * exponent
        sign = 1
    return terms, rest


def _read_atom(rest: str, whole: str) -> tuple[dict[str, float], str]:
    match = _ATOM.match(rest)
    if not match:
        raise UnitError(
            "cannot be read as a unit", subject=repr(whole), next_step='Write it like "kWh" or "kW/(m3/min)"'
        )
    name, rest = match[0], rest[match.end() :]
    qualifier = re.match(r"\[([^\]]+)\]", rest)
    if qualifier:
        rest = rest[qualifier.end() :]
    if name in AMBIGUOUS:
        _refuse_ambiguous(name)
    name = ALIASES.get(name, name)
    if re.search(r"[*/^\[]", name):  # an alias for a composite such as CMM = m3/min, Nm3 = m3[0C]
        inner, left = _product(name, whole)
        if qualifier or left:
            raise UnitError("takes no qualifier", subject=repr(whole))
        return inner, rest
    power = re.fullmatch(r"(m|cm|mm|km|s)(-?\d)", name)
    if power and name not in _definitions_names():
        return {power[1]: float(power[2])}, rest
    if name != "degC" and (name not in _definitions_names() or name.endswith("_mark")):
        near = _near(name)
        raise UnitError(
            "is not a unit this program accepts",
            subject=f"unit {name!r}" + (f" in {whole!r}" if whole != name else ""),
            limit="the list of units (docs/units.md)",
            next_step=f"Near ones: {', '.join(near)}" if near else "See docs/units.md for the list",
        )
    atom = f"{name}[{qualifier[1]}]" if qualifier else name
    if qualifier:
        _check_qualifier(name, qualifier[1], whole)
    return {atom: 1.0}, rest


def _near(name: str) -> list[str]:
    """Units a person may have meant: the same letters in another case first, then similar spellings."""
    known = [n for n in (*_definitions_names(), *ALIASES) if not n.endswith("_mark")]
    same_letters = sorted({n for n in known if n.lower() == name.lower()})
    return same_letters or difflib.get_close_matches(name, known, n=3, cutoff=0.7)


def _check_qualifier(name: str, qualifier: str, whole: str) -> None:
    kind = _kind(name)
    if kind == "money" and re.fullmatch(r"(19|20)\d\d", qualifier):
        return
    if qualifier in _QUALIFIERS.get(kind, ()):
        return
    allowed = ", ".join(_QUALIFIERS.get(kind, ())) or ("a year" if kind == "money" else "none")
    raise UnitError(
        f"qualifier [{qualifier}] does not fit",
        subject=repr(whole),
        limit=f"{name} takes {allowed}",
        next_step="Check the spelling of the qualifier",
    )


@functools.cache
def _kind(name: str) -> str:
    dimension = dict(_atom(name)[1])
    kinds = {
        (("[length]", -1), ("[mass]", 1), ("[time]", -2)): "pressure",
        (("[length]", 2), ("[mass]", 1), ("[time]", -2)): "energy",
        (("[length]", 3),): "volume",
        (("[carbon_dioxide_equivalent]", 1),): "emission",
        (("[money]", 1),): "money",
    }
    return kinds.get(tuple(sorted((k, int(v)) for k, v in dimension.items())), "none")


@functools.cache
def _definitions_names() -> frozenset[str]:
    lines = resources.files("energycalc.quantity").joinpath("units.txt").read_text("utf-8").splitlines()
    return frozenset(line.split("=")[0].strip() for line in lines if "=" in line and not line.startswith("#"))


@functools.cache
def _registry() -> Any:
    import pint

    registry: Any = pint.UnitRegistry(None, cache_folder=None)
    text = resources.files("energycalc.quantity").joinpath("units.txt").read_text("utf-8")
    registry.load_definitions(text.splitlines())
    return registry


@functools.cache
def _atom(atom: str) -> tuple[float, Dimension]:
    """Size in base units and dimension of one symbol, qualifier included, as pint defines it."""
    name, _, qualifier = atom.partition("[")
    if name == "degC":
        return 1.0, (("[temperature]", 1.0),)
    registry = _registry()
    size, root = registry.get_root_units(name)
    dims = tuple((k, float(v)) for k, v in registry.get_dimensionality(root).items())
    if qualifier:
        dims += ((f"<{qualifier.rstrip(']')}>", 1.0),)
    return float(size), dims


@functools.cache
def conversion(from_unit: Unit, to_unit: Unit) -> tuple[float, float]:
    """Factor and offset that turn a number in one unit into a number in another.

    Args:
        from_unit: unit of the number.
        to_unit: unit wanted.

    Returns:
        ``(factor, offset)`` with ``wanted = number * factor + offset``.

    Raises:
        UnitError: different dimensions or qualifiers, or a temperature difference asked as a point.
    """
    if from_unit.dimension != to_unit.dimension:
        raise UnitError(
            _why_different(from_unit, to_unit),
            subject=f"{from_unit} → {to_unit}",
            limit=f"a unit of the kind {to_unit}",
            next_step=_how_to_bridge(from_unit, to_unit),
        )
    if from_unit.text == "°C" and to_unit.text != "°C":
        return 1.0 / to_unit.factor, 273.15 / to_unit.factor
    if to_unit.text == "°C" and from_unit.text != "°C":
        raise UnitError(
            "K may be an absolute temperature or a difference, so it is not turned into °C",
            subject=f"{from_unit} → °C",
            limit="°C",
            next_step='Write the temperature in °C, e.g. "850 °C"',
        )
    factor = from_unit.factor / to_unit.factor
    nearest = round(factor)
    return (float(nearest) if nearest and abs(factor - nearest) < 1e-13 * nearest else factor), 0.0


def _bare(dimension: Dimension) -> Dimension:
    return tuple((k, v) for k, v in dimension if not k.startswith("<"))


def _why_different(a: Unit, b: Unit) -> str:
    if _bare(a.dimension) == _bare(b.dimension):
        return f"{a} and {b} measure the same thing on different bases"
    show = lambda d: " ".join(f"{k.strip('[]')}^{v:g}" for k, v in d) or "a pure number"  # noqa: E731
    return f"{a} is {show(a.dimension)}, {b} is {show(b.dimension)}"


def _how_to_bridge(a: Unit, b: Unit) -> str:
    text = f"{a} {b}"
    if _bare(a.dimension) != _bare(b.dimension):
        return "Check which quantity is meant, or the unit it was written in"
    if "[g]" in text or "[a]" in text:
        return 'Say gauge "bar(g)" or absolute "bar(a)"; absolute = gauge + ambient'
    if "HV]" in text:
        return "State the heating-value basis: LHV (net) or HHV (gross)"
    if "CO2e" in text:
        return "State the GWP set (AR4, AR5, AR6) of the factor"
    if "m3[" in text or "Nm³" in text:
        return "Nm³ is at 0 °C and 101.325 kPa; convert with pressure and temperature first"
    if "TWD" in text:
        return "Money needs its year on both sides"
    return "State the basis"
