"""What both drawings are made with: paper, ink, washes, hatching and a hand."""
