"""Measures: `python -m bench TASK INPUT OUTPUT` writes predictions that the corpora's scorers read."""
