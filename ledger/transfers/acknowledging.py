"""How does the first council know that an account was taken over to the penny, and end it?"""

from decimal import Decimal, InvalidOperation
from typing import NamedTuple, Self

from ledger.evidence.note import NotSigned, PublicKey, Signer, signed, text_of


class Acknowledgement(NamedTuple):
    """What the second council signs: which bundle it took over, under which reference, and with which balance."""

    origin: str
    digest: str
    reference: str
    accrued_costs: Decimal

    @property
    def text(self) -> str:
        return f"{self.origin}\nacknowledges {self.digest}\nas {self.reference}\naccrued {self.accrued_costs}\n"

    def signed(self, signer: Signer) -> str:
        return signed(self.text, signer)

    @classmethod
    def read(cls, note: str, key: PublicKey) -> Self:
        """What a note says that the second council's key has signed; raises NotSigned."""
        text = text_of(note, key)
        try:
            origin, digest, reference, accrued = text.splitlines()
            found = cls(
                origin,
                digest.removeprefix("acknowledges "),
                reference.removeprefix("as "),
                Decimal(accrued.removeprefix("accrued ")),
            )
        except (ValueError, InvalidOperation) as fault:
            raise NotSigned(f"What {key.name} signed is no acknowledgement.") from fault
        if found.text != text or origin != key.name:
            raise NotSigned(f"What {key.name} signed is no acknowledgement of its own.")
        return found
