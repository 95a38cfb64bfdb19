"""Who is signed in, how often did somebody try, and how does somebody come to be known?"""
