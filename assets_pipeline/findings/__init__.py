"""Words of every finding about assets (codes A), a module a family: severity, French, English."""
