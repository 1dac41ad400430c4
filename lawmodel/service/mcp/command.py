"""`lawmodel mcp`: the questions of this program as tools of an assistant."""

from __future__ import annotations

from pathlib import Path

import click

from lawmodel.commands.extras import extra_missing
from lawmodel.commands.options import rulebook_of, rules_option
from lawmodel.law_files import scenarios_folder

PORT = 8466


@click.command("mcp", epilog="Example: lawmodel mcp --http --port 8466")
@click.option(
    "--http", is_flag=True, help="Answer over HTTP on this machine. Without it: over standard input and output."
)
@click.option(
    "--port", type=click.IntRange(1, 65535), metavar="N", default=PORT, show_default="8466", help="With --http."
)
@rules_option
def command(http: bool, port: int, rules: tuple[Path, ...]) -> None:
    """The questions of this program as tools of an assistant.

    It speaks the Model Context Protocol: decide, why, change, compare, find, prove. Provisions, readings and sources
    are resources, and so are the cases that come with the program, unless --rules is given. Name `lawmodel mcp` as the
    command of a server in the settings of the assistant.
    """
    rulebook = rulebook_of(rules)
    try:
        from lawmodel.service.mcp.server import mcp_server
    except ModuleNotFoundError as missing:
        raise extra_missing(missing, "This", "mcp") from None
    from lawmodel.service.pages.exchange import Supplied
    from lawmodel.service.pool import WorkerPool

    pool = WorkerPool(rulebook)
    server = mcp_server(rulebook, pool, Supplied(None if rules else scenarios_folder()))
    try:
        if http:
            click.echo(f"http://127.0.0.1:{port}/mcp, until Ctrl-C", err=True)
            server.run("streamable-http", host="127.0.0.1", port=port, stateless_http=True)
        else:
            server.run("stdio")
    finally:
        pool.close()
