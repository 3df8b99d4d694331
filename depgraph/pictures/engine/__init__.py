"""What a picture is before anyone draws it, and what draws it: no word of ours, no graph.

=========== =========================================================================
values      boxes, lines, texts and marks at their places: a scene
sheet       a scene in work: say a text, put a box
measure     how wide a text is, and what of it can be drawn
geometry    lines, boxes and whether they meet
themes      what each look and ink is: light, dark, black and white
svg, canvas a scene as SVG, and on matplotlib axes
markup      a scene as SVG inside the page, whose boxes can be pressed
=========== =========================================================================
"""
