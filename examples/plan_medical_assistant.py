"""Plan the medical assistant for one learner: dates and slack, then what each exam would change."""

import datetime as dt

from career_path import Learner, load_catalog, plan

TODAY = dt.date(2027, 1, 4)

pathway = load_catalog("medical-assistant")


def learner(credential: str) -> Learner:
    return Learner("ana", start=dt.date(2027, 1, 11), weekly_hours=20, choose=[credential])


timeline = plan(pathway, learner("cma-aama"), today=TODAY)
for step in timeline.steps:
    print(f"{step.start}  done by {step.finish}  slack {step.slack_days:>3}  {step.title}")

print()
for credential in ("cma-aama", "ccma-nha", "rma-amt", "ncma-ncct"):
    other = plan(pathway, learner(credential), today=TODAY)
    cost, name = other.cost, pathway.credential(credential).name
    missing = "".join(f", plus {other.name_of(step)} (cost not known)" for step in cost.unknown)
    print(f"{name}: {other.finish}, {cost.amount} {cost.currency}{missing}")
