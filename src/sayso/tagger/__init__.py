"""The learned tagger of attributions: networks, word pieces, and what their probabilities mean; no spaCy, no Finds."""
