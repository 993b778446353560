"""A museum's tasks: each carried out once, in some process or on some machine."""
