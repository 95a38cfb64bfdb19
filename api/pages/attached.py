"""Which papers may be sent with a question, as their bytes say, how is one named in words, and how is it handed out?"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import Response

from api.kit.problems import ApiError
from api.pages.unsettled import Dispute
from ledger.council import Council
from ledger.vault.attachments import Attachment, Kind

LARGEST = 5 * 2**20
TAKEN = "Choose a PDF, or a photo as JPEG or PNG"


class PaperKind(NamedTuple):
    """What the bytes of a kind begin with, what people call it, and how it is handed out."""

    begins: bytes
    words: str
    mimetype: str
    ending: str


KINDS: Mapping[Kind, PaperKind] = {
    "pdf": PaperKind(b"%PDF-", "PDF", "application/pdf", "pdf"),
    "jpeg": PaperKind(b"\xff\xd8\xff", "JPEG", "image/jpeg", "jpg"),
    "png": PaperKind(b"\x89PNG\r\n\x1a\n", "PNG", "image/png", "png"),
}


class NotTaken(Exception):
    """A file that is not taken; what it says tells what to choose instead."""


class NotAsSent(Exception):
    """The paper is another than the one that was sent: its SHA-256 is not the one that the question names."""


def kind_of(content: bytes) -> Kind:
    """What a file is, whatever it is called; raises NotTaken."""
    if len(content) > LARGEST:
        raise NotTaken(f"Choose a file of up to {LARGEST // 2**20} MB: this one is larger")
    found = next((kind for kind, about in KINDS.items() if content.startswith(about.begins)), None)
    if found is None:
        raise NotTaken(f"{TAKEN}: this file is none of them")
    return found


def in_words(paper: Attachment) -> str:
    """What it was called, what it is and how large."""
    kilobytes = -(-paper.size // 2**10)
    size = f"{kilobytes} KB" if kilobytes < 2**10 else f"{paper.size / 2**20:.1f} MB"
    return f"{paper.name or 'no name'} ({KINDS[paper.kind].words}, {size})"


def papers_of(council: Council, disputes: Sequence[Dispute]) -> dict[int, str]:
    """The papers of questions about one account, in words, by the version of the question."""
    versions = [each.entry.version for each in disputes if each.raised.attachment]
    if not versions:
        return {}
    papers = council.attachments.of(disputes[0].entry.account_id, versions)
    return {version: in_words(paper) for version, paper in papers.items()}


def handed_out(council: Council, dispute: Dispute) -> Response:
    """The paper of a question, to be kept and never shown in our place; raises ApiError 404, NotAsSent."""
    entry, raised = dispute.entry, dispute.raised
    paper = council.attachments.of(entry.account_id, [entry.version]).get(entry.version)
    content = council.attachments.content(entry.account_id, entry.version)
    if paper is None or content is None:
        raise ApiError(404, "not-found", "There is no paper with this question.")
    if hashlib.sha256(content).hexdigest() != raised.attachment:
        raise NotAsSent(NotAsSent.__doc__)
    about = KINDS[paper.kind]
    answer = Response(content, mimetype=about.mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="paper-of-{raised.raised_on}.{about.ending}"'
    return answer
