"""plan.yaml: read, typed, checked; and kept as tables from which a query loads what it shows."""
