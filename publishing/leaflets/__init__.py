"""Leaflets: each tour on one sheet of paper, drawn as PDF."""
