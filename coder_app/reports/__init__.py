"""What leaves the house: files made of what `workflow` says, as bytes, and the one way to put them on a disk."""
