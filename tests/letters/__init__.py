"""Is a statement on paper what it has to be?"""
