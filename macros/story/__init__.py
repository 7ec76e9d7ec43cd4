"""The story around the atlas: why now, and hosting a model against calling one. Figures come from claims alone."""
