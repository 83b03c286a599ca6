from __future__ import annotations

import gzip
import os
import socket

import pytest

from palms_spec.errors import UnreadableSource
from palms_spec.sources.files import is_gzip, read_bytes


def refusal(path, **options) -> str:
    with pytest.raises(UnreadableSource) as caught:
        read_bytes(path, **options)
    return caught.value.message


def test_all_bytes_of_a_file_are_read(tmp_path):
    (tmp_path / "a").write_bytes(b"\0\xffx")
    (tmp_path / "link").symlink_to("a")
    assert read_bytes(tmp_path / "a") == b"\0\xffx"
    assert read_bytes(str(tmp_path / "link"), limit=3) == b"\0\xffx"


def test_a_file_over_the_limit_is_refused(tmp_path):
    (tmp_path / "a").write_bytes(b"x" * 2_000_000)
    assert refusal(tmp_path / "a", limit=1_500_000) == "holds 2.0 MB, and a document may have 1.5 MB"


def test_what_is_no_file_is_named_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "broken").symlink_to("nowhere")
    assert refusal(tmp_path) == "expected a file, found a directory"
    assert refusal(tmp_path / "pipe") == "expected a file, found a named pipe"
    assert refusal("/dev/null") == "expected a file, found a device"
    assert refusal(tmp_path / "loop") == "a link that leads back to itself"
    assert refusal(tmp_path / "broken") == "a link to a file that does not exist"
    assert refusal(tmp_path / "none") == "no such file"
    assert refusal(tmp_path / "a\0b") == "no file can have this name"
    assert refusal(tmp_path / ("x" * 300)) == "cannot be read: file name too long"


def test_a_socket_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("s")
        assert refusal("s") == "expected a file, found a socket or a device"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_named(tmp_path):
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "a").chmod(0)
    assert refusal(tmp_path / "a") == "no permission to read it"


def test_gzip_is_known_by_its_first_bytes(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(gzip.compress(b"{}"))
    (tmp_path / "b.gz").write_bytes(b"{}")
    assert is_gzip(tmp_path / "a.jsonl")
    assert not is_gzip(tmp_path / "b.gz")
