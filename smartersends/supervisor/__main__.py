"""The command line of `bin/demo`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from smartersends.embedded import ServersError, data_folder
from smartersends.supervisor.demo import Options, run, say
from smartersends.supervisor.family import Ended, Interrupted
from smartersends.supervisor.ports import is_free, next_free

_DEFAULT_PORT = 8000


def main() -> int:
    try:
        run(read(sys.argv[1:]))
    except (Interrupted, KeyboardInterrupt):
        say("\nEverything has ended; the data stays for the next start.")
        return 0
    except Ended as ended:
        sys.stderr.write(f"\n{ended}\nThe other processes have been ended too.\n")
    return 1


def read(arguments: list[str]) -> Options:
    """Options out of the command line. Raises ServersError for a port or a file that cannot be used."""
    given = parser().parse_args(arguments)
    if given.groups and not given.groups.is_file():
        raise ServersError(f"--groups: there is no file {given.groups}.")
    port = free_port(given.port)
    return Options(
        port=port,
        sandbox_port=next_free(port + 1),
        data=given.data.resolve() if given.data else data_folder(),
        groups=given.groups.resolve() if given.groups else None,
        fresh=given.fresh,
    )


def free_port(wanted: int | None) -> int:
    """The port asked for, or the next free one from the usual one on."""
    if wanted is not None and not is_free(wanted):
        raise ServersError(
            f"Port {wanted} is taken or not allowed. Name another one with --port, or leave it out."
        )
    port = wanted or next_free(_DEFAULT_PORT)
    if wanted is None and port != _DEFAULT_PORT:
        say(f"Port {_DEFAULT_PORT} is taken, so the portal is on {port}.")
    return port


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(
        prog="bin/demo",
        description="Start SmarterSends with its own PostgreSQL and Valkey, a Braze sandbox and two sample brands.",
    )
    made.add_argument("--port", type=port_number, help="port of the portal (else 8000, or the next free one)")
    made.add_argument("--data", type=Path, metavar="DIR", help="data folder (else .data beside manage.py)")
    made.add_argument("--groups", type=Path, metavar="FILE", help="a network's own groups, as CSV or CSV.gz")
    made.add_argument("--fresh", action="store_true", help="forget what an earlier demo made")
    return made


def port_number(text: str) -> int:
    try:
        port = int(text)
    except ValueError:
        port = 0
    if not 0 < port < 65535:  # noqa: PLR2004 - the last one is left for the sandbox
        raise argparse.ArgumentTypeError(f"{text} is no port; name a number from 1 to 65534")
    return port


if __name__ == "__main__":
    sys.exit(main())
