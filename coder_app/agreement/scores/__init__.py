"""Statistics of scores and ratings: targets by raters."""
