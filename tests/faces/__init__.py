"""What each face of depgraph says, read back as a reader would, and what it should say."""
