"""The provisions, one a module, to be read with the Act beside them."""
