"""The values: pathways, learners and timelines, frozen and checked when they are made."""
