"""A small computer with its own Wi-Fi that serves a visit where there is no internet."""
