"""What a council's schemas and roles are called in the database."""

import re
from dataclasses import dataclass

ROLES = ("owner", "app", "projector", "verifier", "keeper")
"""The database roles that each council has."""
_GSS_CODE = re.compile(r"E[0-9]{8}", re.ASCII)


@dataclass(frozen=True)
class CouncilNames:
    """Every identifier follows from the council's GSS code, such as E10000012; ValueError for anything else."""

    code: str

    def __post_init__(self) -> None:
        if not _GSS_CODE.fullmatch(self.code):
            raise ValueError(
                f'"{self.code}" is no GSS code of an English council: E and eight digits, as in E10000012.'
            )

    @property
    def schema(self) -> str:
        return f"council_{self.code.lower()}"

    @property
    def vault(self) -> str:
        return f"vault_{self.code.lower()}"

    @property
    def owner(self) -> str:
        """Owns every table and signs in nowhere."""
        return f"{self.schema}_owner"

    @property
    def app(self) -> str:
        """Signs in to record and read: INSERT and SELECT on events, nothing more."""
        return f"{self.schema}_app"

    @property
    def projector(self) -> str:
        """Signs in to keep what is read from the ledger up to date."""
        return f"{self.schema}_projector"

    @property
    def verifier(self) -> str:
        """Signs in to say what the evidence log holds: reads entries and their hashes, adds what was signed of them."""
        return f"{self.schema}_verifier"

    @property
    def keeper(self) -> str:
        """Reads and adds people. The application becomes it for just the statements that need it."""
        return f"{self.vault}_keeper"

    def identifiers(self) -> dict[str, str]:
        """The names that migrations leave open. All are lower case letters, digits and _, so they need no quoting."""
        return {name: getattr(self, name) for name in ("schema", "vault", *ROLES)}
