"""Printed labels and image targets: formats, contents, drawing, sheets and recognition tests."""
