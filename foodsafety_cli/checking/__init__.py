"""All that `fs check` tells of a plan and the ledger beside it."""
