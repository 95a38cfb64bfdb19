"""Is the installation's secret made once, kept private, and refused when it is not fit?"""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ledger.secret import UnusableSecret, role_password, secret


def test_a_home_gets_a_secret_of_32_bytes_that_stays_the_same(tmp_path: Path) -> None:
    first = secret(tmp_path / "home")
    assert len(first) == 32
    assert secret(tmp_path / "home") == first


def test_two_homes_have_different_secrets(tmp_path: Path) -> None:
    assert secret(tmp_path / "one") != secret(tmp_path / "another")


def test_only_its_owner_can_read_the_secret(tmp_path: Path) -> None:
    secret(tmp_path / "home")
    assert stat.S_IMODE((tmp_path / "home" / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700


def test_many_first_starts_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as starts:
        found = set(starts.map(secret, [tmp_path / "home"] * 64))
    assert len(found) == 1
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["secret"]


def test_a_secret_others_may_read_is_refused_with_what_to_do(tmp_path: Path) -> None:
    secret(tmp_path)
    (tmp_path / "secret").chmod(0o640)
    with pytest.raises(UnusableSecret, match="chmod 600"):
        secret(tmp_path)


def test_a_file_named_by_the_environment_is_used_instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = tmp_path / "mounted"
    named.write_text("ab" * 32 + "\n")
    monkeypatch.setenv("CARELEDGER_SECRET_FILE", str(named))
    assert secret(tmp_path / "home") == b"\xab" * 32
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "No such file"), ("ab" * 31, "31 bytes"), ("not hexadecimal", "hexadecimal"), ("", "0 bytes")],
)
def test_a_named_file_that_holds_no_secret_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None, reason: str
) -> None:
    named = tmp_path / "mounted"
    if content is not None:
        named.write_text(content)
    monkeypatch.setenv("CARELEDGER_SECRET_FILE", str(named))
    with pytest.raises(UnusableSecret, match=reason):
        secret(tmp_path / "home")


def test_each_role_of_each_installation_has_a_password_of_its_own() -> None:
    passwords = {role_password(key, role) for key in (b"a" * 32, b"b" * 32) for role in ("reader", "writer")}
    assert len(passwords) == 4
    assert all(len(password) == 64 for password in passwords)


def test_a_role_password_never_changes() -> None:
    """A changed derivation would lock every existing installation out of its own database."""
    expected = "25fe323b9eed80967510bb7e6cfbc35eef6b774faf95cb386b56c0431da1a4d3"  # worked out with openssl dgst
    assert role_password(bytes(32), "careledger_owner_admin") == expected
