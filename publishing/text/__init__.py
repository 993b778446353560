"""Text for people: typography, Markdown, UI strings, units, licences and sources."""
