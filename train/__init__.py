"""How the shipped models are made; nothing here is needed to run sayso."""
