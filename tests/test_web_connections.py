"""The connections of the local server against whoever opens many, sends little or does not read; real sockets.

The clocks are set short for these tests; none of them says how long anything takes.
"""

import json
import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from random import Random

import pytest

from poa_xl.addins.web import limits
from tests.test_web_site import self_signed
from tests.web_browser import MAIN, started
from tests.web_raw import (
    CALL,
    JSON,
    META,
    PANE,
    SCRIPT,
    SECONDS,
    ask,
    call,
    connect,
    host,
    lines,
    office,
    read,
    refused,
    safe,
    works,
)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("web")]

SHORT = (
    "from poa_xl.addins.web import limits\n"
    f"limits.HEADER_SECONDS, limits.BODY_SECONDS, limits.READ_SECONDS = 1, 2, 1\n{MAIN}"
)
LARGE = office("excel-web-16.00.js")


@pytest.fixture(scope="module")
def hasty() -> Iterator[str]:
    """A server whose clocks are short, that has written nothing to its terminal when all is done."""
    with tempfile.TemporaryFile() as told:
        with started(program=SHORT, told=told) as (url, _):
            yield url
        told.seek(0)
        assert told.read().decode().count("\n") == 1  # where it answers


def ends(connection: socket.socket) -> bool:
    """Whether the server lets go of a connection."""
    try:
        while connection.recv(1 << 16):
            pass
    except TimeoutError:
        return False
    except OSError:  # reset
        return True
    return True


def drips(connection: socket.socket, piece: bytes) -> bool:
    """Whether the server lets go of a connection on which something comes again and again."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            connection.sendall(piece)
        except OSError:
            return True
        time.sleep(0.05)
    return False


def head(url: str, *more: tuple[str, str], first: str = f"GET {PANE} HTTP/1.1") -> bytes:
    return lines(first, [("Host", host(url)), *more])


@pytest.mark.parametrize(
    "said", [b"", b"G", b"GET / HT", b"GET / HTTP/1.1\r\n", b"\r\n", b"GET / HTTP/1.1\r\nHost: x\r\n"]
)
def test_a_client_that_does_not_finish_its_headers_is_dropped(said: bytes, hasty: str) -> None:
    with connect(hasty) as connection:
        connection.sendall(said)
        assert ends(connection)
    assert works(hasty)


@pytest.mark.parametrize("piece", [b"x", b"\r\n", b"X: y\r\n", b"GET /"])
def test_headers_in_drips_do_not_hold_a_connection(piece: bytes, hasty: str) -> None:
    """Each byte would start a clock anew that only looks for silence."""
    with connect(hasty) as connection:
        connection.sendall(b"" if piece == b"\r\n" else head(hasty)[:-2])
        assert drips(connection, piece)
    assert works(hasty)


def test_a_second_request_on_a_connection_has_its_own_clock(hasty: str) -> None:
    with connect(hasty) as connection:
        for _ in range(3):
            connection.sendall(head(hasty))
            assert read(connection).status == 200
            time.sleep(0.5)
        connection.sendall(head(hasty)[:-2])
        assert ends(connection)
    with connect(hasty) as connection:
        connection.sendall(head(hasty))
        assert read(connection).status == 200
        connection.sendall(head(hasty)[:-2])
        assert drips(connection, b"X: y\r\n")


@pytest.mark.parametrize("how", [("Content-Length", "1000"), ("Transfer-Encoding", "chunked")])
def test_a_body_that_does_not_end_is_dropped(how: tuple[str, str], hasty: str) -> None:
    for said in (b"", b"1\r\n \r\n"):
        with connect(hasty) as connection:
            connection.sendall(head(hasty, JSON, how, first=f"POST {CALL} HTTP/1.1") + said)
            assert ends(connection)
    with connect(hasty) as connection:
        connection.sendall(head(hasty, JSON, how, first=f"POST {CALL} HTTP/1.1"))
        assert drips(connection, b"1\r\n \r\n")
    assert works(hasty)


def test_a_request_in_many_pieces_is_served(hasty: str) -> None:
    """A slow one that comes in time."""
    body = call("EFICACIA", [[3]], [[4]])
    whole = head(hasty, JSON, ("Content-Length", str(len(body))), first=f"POST {CALL} HTTP/1.1") + body
    with connect(hasty) as connection:
        for start in range(0, len(whole), 20):
            connection.sendall(whole[start : start + 20])
            time.sleep(0.01)
        assert json.loads(read(connection).body) == {"result": [[75]]}


def test_a_body_in_chunks_of_one_byte_is_served(hasty: str) -> None:
    pieces = b"".join(b"1\r\n" + bytes([byte]) + b"\r\n" for byte in call("EFICACIA", [[3]], [[4]]))
    with connect(hasty) as connection:
        told = ("Transfer-Encoding", "chunked")
        connection.sendall(head(hasty, JSON, told, first=f"POST {CALL} HTTP/1.1") + pieces + b"0\r\n\r\n")
        assert json.loads(read(connection).body) == {"result": [[75]]}


def test_what_follows_a_refused_body_is_read_no_longer_than_a_body(hasty: str) -> None:
    with connect(hasty) as connection:
        connection.sendall(head(hasty, JSON, ("Content-Length", str(10**12)), first=f"POST {CALL} HTTP/1.1"))
        assert refused(read(connection), "tamano")
        assert drips(connection, b" " * 1000)
    with connect(hasty) as connection:  # and a small rest is skipped, so that the connection can be used again
        connection.sendall(head(hasty, ("Content-Length", "5"), ("Origin", "null"), first=f"POST {CALL} HTTP/1.1"))
        assert refused(read(connection), "origen")
        connection.sendall(b"12345" + head(hasty))
        assert read(connection).status == 200


@pytest.mark.parametrize("more", [[], [("Connection", "close")]], ids=["kept", "closed"])
def test_a_client_that_does_not_take_its_answer_is_dropped(more: list[tuple[str, str]], hasty: str) -> None:
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(SECONDS)
    with connection:
        connection.connect(("127.0.0.1", int(hasty.rpartition(":")[2])))
        asked = head(hasty, first=f"GET {LARGE} HTTP/1.1") * 8 + head(hasty, *more, first=f"GET {LARGE} HTTP/1.1")
        connection.sendall(asked)
        end = time.monotonic() + SECONDS
        while connections_of(hasty, connection) and time.monotonic() < end:
            time.sleep(0.1)
        assert not connections_of(hasty, connection)
    assert works(hasty)


def connections_of(url: str, client: socket.socket) -> list[str]:
    """The server's open end of a connection, as the system lists it."""
    own, there = (f":{int(port):04X}" for port in (url.rpartition(":")[2], client.getsockname()[1]))
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return [row[1] for row in rows if row[1].endswith(own) and row[2].endswith(there) and row[3] == "01"]


def test_a_client_that_reads_slowly_gets_all(hasty: str) -> None:
    with connect(hasty) as connection:
        connection.sendall(head(hasty, ("Connection", "close"), first=f"GET {LARGE} HTTP/1.1"))
        size = 0
        while piece := connection.recv(1 << 14):
            size += len(piece)
            time.sleep(0.005)
    assert size > len(ask(hasty, LARGE).body)


def test_bad_chunks_while_an_answer_is_awaited_end_the_connection(hasty: str) -> None:
    for bad in (b"zz\r\n", b"1\r\nxx", b"-1\r\n", b"1" * 40 + b"\r\n"):
        with connect(hasty) as connection:
            connection.sendall(head(hasty, JSON, ("Transfer-Encoding", "chunked"), first=f"POST {CALL} HTTP/1.1") + bad)
            assert refused(read(connection), "pedido")
            assert ends(connection)
        with connect(hasty) as connection:  # after the refusal, so that an answer is under way already
            connection.sendall(head(hasty, ("Transfer-Encoding", "chunked"), first=f"POST {CALL} HTTP/1.1"))
            assert refused(read(connection), "tipo")
            connection.sendall(bad)
            assert ends(connection)
    assert works(hasty)


def test_a_client_that_goes_away_in_the_middle_leaves_the_server_well(hasty: str) -> None:
    body = call("EFICACIA", [[3]], [[4]])
    whole = head(hasty, JSON, ("Content-Length", str(len(body))), first=f"POST {CALL} HTTP/1.1") + body
    for cut in range(0, len(whole) + 1, 7):
        with connect(hasty) as connection:
            connection.sendall(whole[:cut])
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # ends in a reset
    assert works(hasty)


PIECES = (
    b"\r\n", b"\n", b"\0", b" ", b":", b"%00", b"..%2f", b"Host: evil.test\r\n", b"Origin: null\r\n", b"Content-Length: 5\r\n",
    b"Transfer-Encoding: chunked\r\n", b"Expect: 100-continue\r\n", b"Connection: Upgrade\r\nUpgrade: websocket\r\n",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_requests_spoilt_at_random_are_answered_or_let_go(seed: int, hasty: str) -> None:
    """Every answer is one for browsers to trust; `hasty` sees that nothing is written to the terminal."""
    random = Random(seed)
    body = call("EFICACIA", [[3]], [[4]])
    posted = head(hasty, JSON, ("Content-Length", str(len(body))), first=f"POST {CALL} HTTP/1.1") + body
    for _ in range(150):
        said = bytearray(random.choice((head(hasty), posted, head(hasty, first=f"GET {SCRIPT} HTTP/1.1") * 3)))
        for _ in range(random.randint(1, 5)):
            place = random.randrange(len(said))
            said[place : place + random.choice((0, 0, 1, 20))] = random.choice((*PIECES, random.randbytes(3)))
        with connect(hasty) as connection:
            connection.sendall(said)
            connection.shutdown(socket.SHUT_WR)
            with suppress(OSError, HTTPException):
                assert safe(read(connection)), bytes(said)
    assert works(hasty)


def test_half_open_handshakes_of_https_are_dropped(tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path)
    with started("--cert", str(certificate), "--key", str(key), program=SHORT) as (url, _):
        for said in (b"", b"\x16\x03\x01", b"\x16\x03\x01\x40\x00" + b"\x01" * 100):
            with connect(url) as connection:
                connection.sendall(said)
                assert ends(connection)


def test_of_too_many_connections_the_silent_ones_go_and_a_request_is_served() -> None:
    """With the clocks as they are: nothing here waits for them."""
    with started() as (url, _):
        silent = []
        for count in range(4 * limits.CONNECTIONS):
            silent.append(connect(url))
            silent[-1].sendall(head(url)[: count % 20])
        assert works(url)
        dropped = [connection for connection in silent if gone(connection)]
        assert len(silent) - len(dropped) <= limits.CONNECTIONS
        asked = connect(url)
        asked.sendall(head(url))
        assert read(asked).status == 200
        for connection in (*silent, asked):
            connection.close()
        assert works(url)


def test_clients_that_do_not_read_make_room_too() -> None:
    with started() as (url, _):
        greedy = []
        for _ in range(limits.CONNECTIONS + 10):
            greedy.append(connect(url))
            greedy[-1].sendall(head(url, first=f"GET {LARGE} HTTP/1.1") * 8)
        assert works(url)
        for connection in greedy:
            connection.close()


def gone(connection: socket.socket) -> bool:
    connection.setblocking(False)
    try:
        return connection.recv(1) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def test_what_many_send_at_once_is_bounded_together() -> None:
    """Bodies that are each allowed: some are refused as too many, and the memory shows it."""
    with started() as (url, process):
        assert works(url)
        before = peak(process.pid)
        count = 2 * limits.HELD_BYTES // limits.BODY_BYTES
        held, busy = [], 0
        size = limits.BODY_BYTES - 1000
        for _ in range(count):
            connection = connect(url)
            asked = head(url, JSON, ("Content-Length", str(size + 500)), first=f"POST {CALL} HTTP/1.1")
            try:
                connection.sendall(asked + b" " * size)
            except OSError:
                busy += 1
            held.append(connection)
        for connection in held:
            connection.settimeout(0.5)
            with suppress(OSError, AssertionError):
                busy += refused(read(connection), "ocupado")
            connection.close()
        assert busy >= 1
        assert peak(process.pid) - before < 3 * limits.HELD_BYTES
        assert works(url)


def peak(process: int) -> int:
    """The most memory that a process has had, in bytes."""
    lines_of = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines_of if line.startswith("VmHWM"))


def test_an_endless_body_takes_no_memory() -> None:
    with started() as (url, process):
        assert works(url)
        before = peak(process.pid)
        with connect(url) as connection:
            connection.sendall(head(url, JSON, ("Transfer-Encoding", "chunked"), first=f"POST {CALL} HTTP/1.1"))
            piece = f"{1 << 20:x}\r\n".encode() + b" " * (1 << 20) + b"\r\n"
            for _ in range(200):
                connection.sendall(piece)
            assert refused(read(connection), "tamano")
        assert peak(process.pid) - before < 4 * limits.BODY_BYTES


def test_the_server_ends_at_once_with_clients_that_hang() -> None:
    """`started` waits for the end: a client must not keep the server from it."""
    with started() as (url, _):
        hanging = [connect(url) for _ in range(5)]
        hanging[1].sendall(head(url)[:-2])
        hanging[2].sendall(head(url, JSON, ("Content-Length", "9"), first=f"POST {CALL} HTTP/1.1") + b"{")
        hanging[3].sendall(head(url, first=f"GET {LARGE} HTTP/1.1") * 20)
        hanging[4].sendall(head(url))
        assert ask(url, SCRIPT).status == 200
        assert ask(url, META).status == 200
    for connection in hanging:
        connection.close()


def test_a_server_that_is_told_to_end_leaves_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with started() as (url, process):
        assert works(url)
        assert list(tmp_path.iterdir())
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == -signal.SIGTERM
        assert list(tmp_path.iterdir()) == []
