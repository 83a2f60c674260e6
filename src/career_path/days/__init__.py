"""The calendar: days as numbers, lengths, sets of days, hours of work, and exact ways forward and back."""
