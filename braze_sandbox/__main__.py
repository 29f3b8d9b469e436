"""``python -m braze_sandbox``: a Braze on this machine."""

from __future__ import annotations

import argparse
import socket
import sys
import threading
import time
from pathlib import Path

from braze_sandbox.app import create_app
from braze_sandbox.courier import Courier
from braze_sandbox.sandbox import Sandbox
from braze_sandbox.server import serve


def main() -> int:
    options = _options()
    if words := _taken(options.host, options.port):
        sys.stderr.write(words)
        return 1
    address = f"http://{options.host}:{options.port}"
    sandbox = Sandbox(
        options.data,
        address=address,
        engagement_speed=options.engagement_speed,
        speed=options.speed,
        choices={} if options.latency_ms is None else {"latency_ms": options.latency_ms},
    )
    courier = Courier(sandbox)
    courier.start()
    threading.Thread(target=_announce, args=(options.host, options.port), daemon=True).start()
    try:
        serve(create_app(sandbox), options.host, options.port)
    finally:
        courier.stop()
        sandbox.close()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="braze_sandbox", description="A Braze on this machine.")
    parser.add_argument("--port", type=int, required=True, help="port to answer on")
    parser.add_argument("--data", type=Path, required=True, help="folder that keeps everything")
    parser.add_argument("--host", default="127.0.0.1", help="address to answer on (%(default)s)")
    parser.add_argument(
        "--engagement-speed",
        type=_positive,
        default=1.0,
        metavar="TIMES",
        help="how much faster than people the recipients open and click (%(default)s)",
    )
    parser.add_argument(
        "--speed",
        type=_positive,
        metavar="TIMES",
        help="how much faster than real time the clock goes (1, or as before)",
    )
    parser.add_argument(
        "--latency-ms", type=float, metavar="MS", help="how long every call takes at least (0, or as before)"
    )
    return parser.parse_args()


def _positive(text: str) -> float:
    value = float(text)
    if value <= 0:
        raise argparse.ArgumentTypeError("must be more than 0")
    return value


def _taken(host: str, port: int) -> str:
    """Why this port cannot be used, in words; "" if it can."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return f"The Braze sandbox cannot use {host}:{port}: {error.strerror}. Choose another --port.\n"
    return ""


def _announce(host: str, port: int) -> None:
    """One line, once the first connection is taken."""
    while True:
        try:
            socket.create_connection((host, port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            break
    sys.stdout.write(f"Braze sandbox ready on http://{host}:{port}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
