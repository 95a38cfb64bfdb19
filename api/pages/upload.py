"""How is a file taken that a form sends, and one that is too large told of, rather than the browser being cut off?"""

from pathlib import PureWindowsPath

from flask import Request

from api.kit.problems import ApiError

_AT_ONCE = 2**16
_MOST_READ = 4
"""So many times what is taken is read, and thrown away: a browser shows no answer before it has sent everything."""


def require_no_larger(request: Request, largest: int) -> None:
    """Take a form with a file of so many bytes; raises ApiError 413 for a larger one."""
    request.max_content_length = largest
    sent = request.content_length or 0
    if sent <= largest:
        return
    left, stream = min(sent, _MOST_READ * largest), request.environ["wsgi.input"]
    while left > 0 and (read := stream.read(min(left, _AT_ONCE))):
        left -= len(read)
    raise ApiError(413, "file-too-large", f"Send at most {largest} bytes at once.")


def file_sent(request: Request, field: str) -> tuple[bytes, str]:
    """What a file holds, and what it is called: by its last name alone, as some browsers send all of its path."""
    sent = request.files.get(field)
    if sent is None:
        return b"", ""
    name = PureWindowsPath(sent.filename or "").name
    with sent.stream as stream:
        return stream.read(), "".join(c for c in name if c.isprintable())[:200]
