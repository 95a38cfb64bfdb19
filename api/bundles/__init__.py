"""What of a bundle do people read, when nothing but the bundle is left?"""
