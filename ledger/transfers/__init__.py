"""How does a care account move from one council to another, with its history and to the penny (Care Act 2014 s 37)?

The first council offers it in a signed bundle; the second verifies and recomputes it, carries it in and acknowledges
that; then the first closes it. Each step may be repeated.
"""
