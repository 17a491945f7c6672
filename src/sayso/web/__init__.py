"""The workbench: a local server that shows a case, page by page, and takes people's words on it."""
