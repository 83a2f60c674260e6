"""Profiles for Hypothesis: `default` for every run, `thorough` for a long look (`HYPOTHESIS_PROFILE=thorough`)."""

import os

from hypothesis import HealthCheck, settings

_slow_machines = [HealthCheck.too_slow]  # a loaded machine is no finding

settings.register_profile("default", max_examples=60, deadline=None, suppress_health_check=_slow_machines)
settings.register_profile("thorough", max_examples=1_000, deadline=None, suppress_health_check=_slow_machines)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
