"""Planning: from a pathway and a learner to a timeline, its deadlines and reminders."""

from career_path.planning.objective import Balanced, Objective
from career_path.planning.planner import MOST_ROUTES, plan
from career_path.planning.reminders import DEFAULT_POLICY, Ladder, ReminderPolicy, reminders

__all__ = [
    "DEFAULT_POLICY",
    "MOST_ROUTES",
    "Balanced",
    "Ladder",
    "Objective",
    "ReminderPolicy",
    "plan",
    "reminders",
]
