"""Does a second hand, with nothing but the specification before it, reach the same figures?"""
