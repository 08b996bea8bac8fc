"""Receives webhooks in a process of its own, lets a part of them fail, and writes down what came."""

from __future__ import annotations

import asyncio
import json
import random
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any


async def receive(folder: Path, failing: float) -> None:
    """Until SIGTERM: the port is in `folder/port`, each call is a line of `folder/calls`."""
    luck = random.Random(7)  # noqa: S311 - no secret
    with (folder / "calls").open("w", buffering=1) as calls:

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            # Whoever calls may be killed in the middle, and so may this.
            with suppress(asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
                while True:
                    fields, body = await _read(reader)
                    status = 503 if luck.random() < failing else 204
                    calls.write(json.dumps(_noted(fields, body, status)) + "\n")
                    writer.write(f"HTTP/1.1 {status} So\r\nContent-Length: 0\r\n\r\n".encode())

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        (folder / "port").write_text(str(server.sockets[0].getsockname()[1]))
        stopped = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
        await stopped.wait()


async def _read(reader: asyncio.StreamReader) -> tuple[dict[str, str], dict[str, Any]]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if line)
    return fields, json.loads(await reader.readexactly(int(fields["content-length"])))


def _noted(fields: dict[str, str], body: dict[str, Any], status: int) -> dict[str, Any]:
    data = body["data"]
    return {
        "id": fields["webhook-id"],
        "item": data["item"]["id"],
        "event": data["event"]["id"],
        "status": status,
        "at": time.monotonic(),
    }


if __name__ == "__main__":
    asyncio.run(receive(Path(sys.argv[1]), float(sys.argv[2])))
