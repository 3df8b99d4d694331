"""Where the boxes of a graph stand: columns by role, with few lines that cross.

=========== =========================================================================
condense    the graph as it is drawn: what is one thing to a reader is one box
crossings   the order of the boxes in each column
coordinates the heights of boxes and the ways of lines
columns     boxes in columns with lines between them, on a sheet
=========== =========================================================================
"""
