"""How do people see their ledger in a browser?"""
