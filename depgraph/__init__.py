"""depgraph: who is behind a service, who can take it down, and from what evidence."""
