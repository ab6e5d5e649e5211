"""What is asked about the plant beyond the measures (衍生效益): roll-out, years to come, per output, CBAM, fee."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ModelWrapValidatorHandler, model_validator

from energycalc.case.fields import Identifier, Noun, Text, Year, YesNo, figure, subject_of, text_of
from energycalc.case.plant import Carrier
from energycalc.quantity import Quantity, about

NOT_STATED = "not stated in the case file"
PLANT = "plant"


class Adoption(Noun):
    """Which part of a target runs with the measure in a calendar year, on average over the year."""

    year: Year
    share: Annotated[Quantity, figure("adoption_share", "1", lowest=0.0, highest=1.0)]


class Target(Noun):
    """Sister machines, a line or another site to which a measure of the project is carried over later.

    Attributes:
        id: short name.
        name: what people call it.
        reach: sister machines, a whole line, or another site.
        measure: id of the measure that is carried over.
        machine: machine of this case, whose energy after the project is the target's.
        energy: energy that the target uses in a year, if it is no machine of this case.
        scale: size of the target by the size of the machine of the measure (rated power, throughput, number of equal
            machines); left out, it is the target's energy by what the measure found.
        similarity: which part of the saving is expected to come about there, between 0 and 1.
        adoption: share of the target with the measure, by year; cumulative, so it never falls.
        same_grid: another site buys from the same grid; must be said for sites.
        because: why the target is alike.
    """

    id: Identifier
    name: Text
    reach: Annotated[Literal["machine", "line", "site"], BeforeValidator(text_of)]
    measure: Identifier
    machine: Identifier | None = None
    energy: Annotated[Quantity, figure("target_energy", "kWh", "kWh[LHV]", lowest=1e-3)] | None = None
    scale: Annotated[Quantity, figure("capacity_scale", "1", lowest=0.0)] | None = None
    similarity: Annotated[Quantity, figure("similarity", "1", lowest=0.0, highest=1.0)]
    adoption: tuple[Adoption, ...] = Field(min_length=1)
    same_grid: YesNo = False
    because: Text

    @model_validator(mode="wrap")
    @classmethod
    def _name_its_numbers(cls, data: Any, handler: ModelWrapValidatorHandler[Target]) -> Target:
        with about(subject_of(data)):
            return handler(data)

    @model_validator(mode="after")
    def _one_energy_and_a_rising_adoption(self) -> Target:
        if (self.machine is None) == (self.energy is None):
            raise ValueError("give either a machine of this case or the yearly energy of the target")
        if self.reach == "site" and not self.same_grid:
            raise ValueError(
                "a site is computed only on the same grid; write same_grid: yes, or leave the site out of this case"
            )
        years = [a.year for a in self.adoption]
        if years != sorted(set(years)):
            raise ValueError(f"adoption must name each year once, in order, not {years}")
        shares = [float(a.share.value_in("1")) for a in self.adoption]
        for year, earlier, later in zip(years[1:], shares, shares[1:], strict=False):
            if later < earlier:
                raise ValueError(
                    f"adoption is cumulative and cannot fall: {earlier:.0%} before {year}, then {later:.0%}"
                )
        return self


FactorKind = Literal["published", "held", "announced", "target", "scenario"]


class FactorOfYear(Noun):
    """Grid factor of one calendar year, and what kind of number it is.

    Attributes:
        year: year in which the electricity is used.
        kind: ``published`` for that year; ``held``: the published one of an earlier year is kept; ``announced`` by the
            authority for a year to come; ``target``: a legal target, which is no factor; ``scenario``: somebody's
            assumption.
        series: series of the published factor.
        published_year: the earlier year, for ``held``.
        factor: the number with its source, for the last three kinds.
    """

    year: Year
    kind: Annotated[FactorKind, BeforeValidator(text_of)]
    series: Text | None = None
    published_year: Year | None = None
    factor: (
        Annotated[
            Quantity,
            figure("grid_factor_stated", "kgCO2e/kWh", "kgCO2e[not_stated]/kWh", basis="published"),
        ]
        | None
    ) = None

    @model_validator(mode="after")
    def _says_where_it_is_from(self) -> FactorOfYear:
        stated = self.kind in ("announced", "target", "scenario")
        if stated and self.factor is None:
            raise ValueError(f"a factor of the kind {self.kind} is stated with its source; add factor")
        if not stated and self.factor is not None:
            raise ValueError(f"a factor of the kind {self.kind} is read from the table; leave factor out")
        if (self.kind == "held") != (self.published_year is not None):
            raise ValueError("published_year belongs to the kind held, and only to it")
        if self.published_year is not None and self.published_year >= self.year:
            raise ValueError(f"published_year {self.published_year} must lie before {self.year}; otherwise: published")
        source = self.factor.source if self.factor is not None else None
        if source is not None and source.document == NOT_STATED:
            raise ValueError("a factor that no table holds needs its source: who says so")
        return self


class GridPath(Noun):
    """Grid factors year by year."""

    name: Text
    years: tuple[FactorOfYear, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_year_once(self) -> GridPath:
        years = [y.year for y in self.years]
        if years != sorted(set(years)):
            raise ValueError(f"a path must name each year once, in order, not {years}")
        return self


class IntensityOf(Noun):
    """An intensity that is asked for.

    Attributes:
        of: ``plant``, or the id of a line or machine.
        products: products of ``production``; several are added up, which needs one kind of unit.
        shares: part of the energy that belongs to these products, by carrier; needed unless they are all products of
            the plant.
    """

    of: Annotated[str, BeforeValidator(text_of)] = PLANT
    products: tuple[Text, ...] = Field(min_length=1)
    shares: dict[Carrier, Annotated[Quantity, figure("allocation_share", "1", lowest=0.0, highest=1.0)]] = Field(
        default_factory=dict
    )


class Inventory(Noun):
    """The plant's own greenhouse gas inventory (盤查) of one year, in one GWP set."""

    year: Year
    gwp: Annotated[Literal["AR4", "AR5", "AR6"], BeforeValidator(text_of)]
    scope_1: Annotated[Quantity, figure("scope_1_emissions", "tCO2e", lowest=0.0)]
    scope_2: Annotated[Quantity, figure("scope_2_emissions", "tCO2e", lowest=0.0)]


class Boundary(Noun):
    """Whether a machine belongs to the production process of a good, who says so, and which part of it."""

    machine: Identifier
    inside: YesNo
    share: Annotated[Quantity, figure("allocation_share", "1", lowest=0.0, highest=1.0)] | None = None
    because: Text

    @model_validator(mode="after")
    def _share_of_what_is_inside(self) -> Boundary:
        if self.inside == (self.share is None):
            raise ValueError("share goes with inside: yes (which part of the machine's fuel belongs to the good)")
        return self


class Good(Noun):
    """Goods under CBAM: CN code, the product of the case, and the boundary machine by machine."""

    id: Identifier
    cn_code: Annotated[str, BeforeValidator(text_of), Field(pattern=r"^\d{4}( ?\d{2}){0,2}$")]
    product: Text
    boundary: tuple[Boundary, ...] = Field(min_length=1)


class Cbam(Noun):
    """View of the EU's carbon border adjustment, for one year of import."""

    import_year: Year
    goods: tuple[Good, ...] = Field(min_length=1)


class CarbonFee(Noun):
    """View of Taiwan's carbon fee (碳費).

    Attributes:
        year: year of the emissions.
        rate: general, or a preferential one.
        plan: the approved voluntary reduction plan (自主減量計畫) behind a preferential rate.
    """

    year: Year
    rate: Annotated[Literal["general", "preferential_a", "preferential_b"], BeforeValidator(text_of)]
    plan: Text | None = None

    @model_validator(mode="after")
    def _preferential_needs_a_plan(self) -> CarbonFee:
        if (self.rate != "general") != (self.plan is not None):
            raise ValueError("a preferential rate needs plan (核定之自主減量計畫); the general rate has none")
        return self


class DerivedEffects(Noun):
    """What the derived effects of a project are computed from.

    Attributes:
        first_year: first calendar year of the path, that of commissioning or closing.
        grid_paths: paths of the grid factor; the path at the case's own fixed factor is always shown beside.
        rollout: where the measures are carried over to.
        intensities: energy and CO2e per output that are asked for.
        inventory: the plant's own inventory, for shares of scope 1 and 2 and for the carbon fee.
        cbam: goods for the EU.
        carbon_fee: rate and year, for plants above the threshold.
    """

    first_year: Year
    grid_paths: tuple[GridPath, ...] = ()
    rollout: tuple[Target, ...] = ()
    intensities: tuple[IntensityOf, ...] = ()
    inventory: Inventory | None = None
    cbam: Cbam | None = None
    carbon_fee: CarbonFee | None = None
