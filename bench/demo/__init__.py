"""How the example case's two office documents are made from plain text."""
