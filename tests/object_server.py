"""An S3-compatible server on this machine (moto), as a process whose log says what was asked of it."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3

BUCKET = "poa"
SECONDS = 60
_ASKED = re.compile(r'"(?:\x1b\[\d+m)*([A-Z]+) (/\S*) HTTP')


class ObjectServer:
    """The server, a client of another program, and what was asked since."""

    def __init__(self, folder: Path) -> None:
        self._said = folder / "servidor.txt"
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0"],
                stdout=said, stderr=subprocess.STDOUT, cwd=folder, env=os.environ | {"PYTHONUNBUFFERED": "1"},
            )  # fmt: skip
        self.address = self._listening()
        self.environment = {
            "AWS_ENDPOINT_URL": self.address, "AWS_ACCESS_KEY_ID": "uno", "AWS_SECRET_ACCESS_KEY": "dos",
            "AWS_REGION": "us-east-1",
        }  # fmt: skip
        self.client: Any = boto3.client(
            "s3", endpoint_url=self.address, aws_access_key_id="uno", aws_secret_access_key="dos",
            region_name="us-east-1",
        )  # fmt: skip
        self.client.create_bucket(Bucket=BUCKET)

    def _listening(self) -> str:
        end = time.monotonic() + SECONDS
        while True:
            found = re.search(r"Running on (http://\S+)", self._said.read_text(encoding="utf-8", errors="replace"))
            if found:
                urllib.request.urlopen(f"{found[1]}/moto-api/", timeout=SECONDS).close()
                return found[1]
            assert time.monotonic() < end, "moto does not start"
            time.sleep(0.05)

    def put(self, key: str, content: bytes) -> None:
        """Write an object, as another program does."""
        self.client.put_object(Bucket=BUCKET, Key=key, Body=content)

    def put_folder(self, folder: Path, prefix: str) -> None:
        """All files of a folder."""
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                self.put(f"{prefix}/{path.relative_to(folder).as_posix()}", path.read_bytes())

    def read(self, key: str) -> bytes:
        """What an object holds."""
        return self.client.get_object(Bucket=BUCKET, Key=key)["Body"].read()

    def names(self, prefix: str = "") -> list[str]:
        """The names of all objects."""
        said = self.client.list_objects_v2(Bucket=BUCKET, Prefix=prefix)
        return [one["Key"] for one in said.get("Contents", [])]

    @contextmanager
    def asked(self) -> Iterator[list[tuple[str, str]]]:
        """What is asked meanwhile: the method and the path with its query, once the block is over."""
        before, found = self._said.stat().st_size, list[tuple[str, str]]()
        yield found
        text = self._said.read_bytes()[before:].decode("utf-8", "replace")
        found += _ASKED.findall(text)

    def close(self) -> None:
        """End it."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def gets(asked: list[tuple[str, str]]) -> list[str]:
    """Of what was asked, the objects that were fetched."""
    return [path for method, path in asked if method == "GET" and "list-type" not in path]
