"""Pictures of models, drawn without a display, and how different two of them look."""
