"""One rule, one file: `rules/<family>/<CODE>.py` with RULE and check; its docstring is the rule's page."""
