"""A dense, coloured surface made light: its detail goes from vertices into pictures."""
