"""The pathways that come with the library: one TOML document each, every fact with its source and day of check."""
