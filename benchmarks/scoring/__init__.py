"""The parts of the accuracy benchmark: what is counted, and each layer's cases."""
