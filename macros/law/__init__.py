"""What law asks of a workload: notes, classes, roles, dates. Rules here; facts and texts in `atlas/`."""
