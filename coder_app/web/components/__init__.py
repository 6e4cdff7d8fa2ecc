"""Parts of pages. Each owns its keys and state, and shows what it is given; none asks the lab by itself."""
