"""How does a browser come to be somebody's, and how does it stop being so?"""
