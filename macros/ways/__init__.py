"""Ways in for those who name no workload: questions, techniques, assurances, and what is not covered."""
