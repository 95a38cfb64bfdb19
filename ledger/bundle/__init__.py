"""How is a council put into files from which it can be had again, and how is it had again from nothing else?"""
