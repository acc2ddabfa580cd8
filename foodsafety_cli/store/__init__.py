"""Files to model and back: the plan, the ledger, the folder they lie in."""
