"""Random delegations, served by real servers on loopback, and an evaluator apart from depgraph.

`world.py` says what a world is, `draw.py` makes one of a number, `serve.py` serves it, and
`truth.py` says from the RFCs alone who can stop a name in it. Of these none imports depgraph
(but for where its collector is to find the servers); `judge.py` holds its answers against them.
"""
