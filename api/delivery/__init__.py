"""How letters leave: made, handed to whoever carries them, and followed until they have arrived or come back."""
