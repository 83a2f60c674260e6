"""What a career asks for and brings, so that several can be laid side by side."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from career_path.errors import UnknownIdError
from career_path.model.faces import CareerFaces, CareersFaces
from career_path.model.occupations import Occupation, Outlook
from career_path.model.pathway import Pathway
from career_path.model.timeline import Timeline, TotalCost
from career_path.values import Value, frozen

__all__ = ["Career", "Careers", "RenewalBurden", "TotalHours"]


@frozen(kw_only=True)
class TotalHours(Value):
    """All hours that are known, and in `unknown` the steps or credentials whose hours are not, and so not in it.

    >>> from career_path import Effort, Learner, Pathway, Step, compare
    >>> course = Pathway("p", goal="course", steps=[Step("course", takes=Effort(hours=120))])
    >>> compare([course], Learner(weekly_hours=10), today=dt.date(2027, 1, 4)).careers[0].hours.hours
    Fraction(120, 1)
    """

    hours: Fraction
    unknown: tuple[str, ...] = ()


@frozen(kw_only=True)
class RenewalBurden(Value):
    """What the renewals of a decade ask for: how many there are, the hours of continuing education, and the fees.

    The decade runs from `since`, the first day of work, through `through`. Each credential of the plan is renewed in
    time, by continuing education where its rule has that way, else by the way that costs least. `duty_count` is how
    often something falls due between renewals; `hours` and `cost` include it.

    `counts` tells how often each credential is renewed, those that are at all, by id. `shared` are those whose hours of
    continuing education are added up although the same hours may serve another of them: their rules count in one unit.

    The rest are ids of credentials, sorted: `without_rule` end in the decade and tell no rule of renewal, so they are
    in the unknown of `hours` and `cost`; `not_renewed` end in it for good, by a rule that allows no renewal more or
    because the work is over that kept them; and `training_only` end in it and are asked for by training alone, which
    is done by the first day of work: nothing of them is counted.

    >>> from career_path import Learner, Pathway, Step, compare
    >>> job = Pathway("p", goal="job", steps=[Step("job", kind="job")])
    >>> compare([job], Learner(), today=dt.date(2027, 1, 4)).careers[0].renewal.count
    0
    """

    since: dt.date
    through: dt.date
    count: int
    hours: TotalHours
    cost: TotalCost
    duty_count: int = 0
    counts: tuple[tuple[str, int], ...] = ()
    shared: tuple[str, ...] = ()
    without_rule: tuple[str, ...] = ()
    not_renewed: tuple[str, ...] = ()
    training_only: tuple[str, ...] = ()


@frozen(kw_only=True)
class Career(CareerFaces, Value):
    """One pathway as a career: its plan, and what follows from it. What is not known is None, and never 0.

    `first_pay` is the first day of a job in the plan and `days_to_pay` the days to it from the day the learner can
    begin. `occupation` is that of the last job. `earned` is exact: for each day from the first day of work up to the
    horizon, the median pay of the job held on it, a year of 365.2425 days; `balance` is that less the cost of the plan.

    >>> from career_path import Learner, Occupation, Pathway, Pay, Step, compare
    >>> aide = Occupation("aide", pay=Pay(median="36524.25"))
    >>> job = Step("job", kind="job", cost="25", occupation="aide")
    >>> path = Pathway("p", goal="job", steps=[job], occupations=[aide])
    >>> career = compare([path], Learner(), today=dt.date(2027, 1, 4), horizon="P10D").careers[0]
    >>> career.earned, career.balance
    (Fraction(1000, 1), Fraction(975, 1))
    """

    pathway: Pathway
    timeline: Timeline
    horizon: dt.date
    first_pay: dt.date | None = None
    days_to_pay: int | None = None
    hours: TotalHours | None = None
    exam_count: int | None = None
    renewal: RenewalBurden | None = None
    occupation: Occupation | None = None
    earned: Fraction | None = None

    @property
    def name(self) -> str:
        """The title of the pathway."""
        return self.pathway.name

    @property
    def cost(self) -> TotalCost | None:
        """What the plan costs; None where there is no plan."""
        return None if self.timeline.finish is None else self.timeline.cost

    @property
    def median_pay(self) -> Decimal | None:
        """The median pay of a year."""
        pay = None if self.occupation is None else self.occupation.pay
        return None if pay is None else pay.median

    @property
    def outlook(self) -> Outlook | None:
        """What is expected of the occupation."""
        return None if self.occupation is None else self.occupation.outlook

    @property
    def balance(self) -> Fraction | None:
        """What is earned by the horizon less what the plan costs; below 0 where the cost is not yet earned."""
        if self.earned is None or self.cost is None or self.cost.unknown:
            return None
        return self.earned - Fraction(self.cost.amount)


@frozen(kw_only=True)
class Careers(CareersFaces, Value):
    """Several careers for one learner, in the order in which they were asked for; `str()` is a table of them.

    >>> from career_path import Learner, Pathway, Step, compare
    >>> job = Pathway("p", goal="job", steps=[Step("job", kind="job")])
    >>> compare([job], Learner("ana"), today=dt.date(2027, 1, 4)).horizon
    datetime.date(2037, 1, 4)
    """

    learner: str
    today: dt.date
    horizon: dt.date
    careers: tuple[Career, ...]

    def career(self, pathway_id: str) -> Career:
        """The career of the pathway of that id.

        Raises:
            UnknownIdError: there is none.
        """
        for each in self.careers:
            if each.pathway.id == pathway_id:
                return each
        raise UnknownIdError("career in this comparison", pathway_id, tuple(c.pathway.id for c in self.careers))
