"""Text in, values out, and back: TOML and JSON documents, their JSON Schemas, and calendars."""
