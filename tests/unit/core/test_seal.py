"""Whether a file is as it was written is seen by the checksum at its end."""

from pathlib import Path

from builder.core.seal import SEAL, Sealing, is_sealed


def test_a_seal_breaks_at_any_change(tmp_path: Path) -> None:
    """A sealed file counts as it is, and no more when any byte of it is another, is gone, or comes in addition."""
    file = tmp_path / "a"
    file.write_bytes(b"some bytes")
    assert not is_sealed(file)
    with file.open("wb") as handle:
        sealing = Sealing(handle)
        assert [sealing.write(b"some "), sealing.write(memoryview(b"bytes"))] == [5, 5]
        assert sealing.tell() == 10
        sealing.close()
        sealing.close()
    sealed = file.read_bytes()
    assert len(sealed) == len(b"some bytes") + SEAL
    assert is_sealed(file)
    for place in range(len(sealed)):
        for spoilt in (
            sealed[:place],
            sealed[:place] + sealed[place + 1 :],
            sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :],
            sealed[:place] + b"x" + sealed[place:],
        ):
            file.write_bytes(spoilt)
            assert not is_sealed(file)
    assert not is_sealed(tmp_path / "nothing")
