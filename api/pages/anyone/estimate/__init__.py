"""What might I have to pay for care? An estimate for anybody: no sign-in, and nothing is kept."""
