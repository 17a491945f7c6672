"""How the head of causal links was made."""
