"""What a page shows of the lab: rows of `workflow` turned into the words and cells of components."""
