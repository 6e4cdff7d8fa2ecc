"""Statistics of units by coders, and of contingency tables."""
