"""Memory of a model on accelerators: weights, cache, what the engine adds, and what follows from that."""
