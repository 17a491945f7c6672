"""The untuned sentence encoder: what a sentence is about, as a vector; no spaCy, no records."""
