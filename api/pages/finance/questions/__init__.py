"""The questions that people ask about their accounts, and how staff answer them."""
