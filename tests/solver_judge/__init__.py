"""A judge of whole plans: the question put to CP-SAT, an integer solver, as one problem of choices and days.

It reads the public values of a pathway and a learner and the rules of `docs`, and shares no arithmetic with the
planner: days are counted with `relativedelta`, choices are the solver's. Where `brute_force` tries everything and so
stays small, this takes some hundred steps. It knows finished and waived records, but no papers, no work on record, no
attempts at examinations and no running steps.
"""

from __future__ import annotations

from solver_judge.case import Case, OutOfScopeError
from solver_judge.judge import Days, Judge, Point, Tie

__all__ = ["Case", "Days", "Judge", "OutOfScopeError", "Point", "Tie"]
