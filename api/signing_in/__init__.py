"""How does somebody prove who they are, before anybody knows them?"""
