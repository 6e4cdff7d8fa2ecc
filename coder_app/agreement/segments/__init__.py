"""Statistics of how m coders cut the same stretch of time into units: u-alpha, gamma, Staccato."""
