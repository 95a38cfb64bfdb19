"""What people complained of to the Ombudsman, and was upheld: would the statement and the dossier have answered it?

Each kind of failing is one of published decisions; the person and the figures are made up.
"""
