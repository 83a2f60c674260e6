"""Days, spans, day rules and paces: every rule from one day to another, with its two partners."""
