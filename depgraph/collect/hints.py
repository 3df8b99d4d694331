"""The shipped root hints: names and addresses of the root servers, dated."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def root_hints() -> dict[str, tuple[str, ...]]:
    """Read ``root_hints.toml``: host name -> addresses, in the order of the file."""
    text = files("depgraph.collect").joinpath("root_hints.toml").read_text("utf-8")
    servers: dict[str, list[str]] = tomllib.loads(text)["servers"]
    return {host: tuple(addresses) for host, addresses in servers.items()}
