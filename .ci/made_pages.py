"""Make anew what commands have made of the documentation (`--renew`), or say which of it is no longer so.

A part that is made stands in a page between `<!-- made by: lawmodel ARGUMENTS -->` and `<!-- made until here -->`. Help
is set as it is printed; Markdown is set one level below the heading above it.
"""

import os
import re
import sys
from pathlib import Path

from click.testing import CliRunner

from lawmodel.commands.main import VERBS, program

CHECKOUT = Path(__file__).resolve().parent.parent
PART = re.compile(r"(<!-- made by: lawmodel ([^\n]*) -->\n).*?(<!-- made until here -->)", re.DOTALL)
HELP_WIDTH = 100
EACH_VERB = "EACH-VERB"
"""In the place of a verb: of each, under a heading."""


def pages() -> list[Path]:
    """The pages of which parts are made."""
    return [page for page in sorted(CHECKOUT.glob("docs/*.md")) if PART.search(page.read_text(encoding="utf-8"))]


def made(page: str) -> str:
    """A page with its parts as the commands make them now."""
    return PART.sub(lambda part: f"{part[1]}\n{_part(part[2], _level(page[: part.start()]))}\n{part[3]}", page)


def _level(before: str) -> int:
    """That of the last heading."""
    return max([1, *(len(one) for one in re.findall(r"^(#+) ", before, re.MULTILINE)[-1:])])


def _part(arguments: str, level: int) -> str:
    if EACH_VERB in arguments.split():
        each = (f"### {verb}\n\n{_part(arguments.replace(EACH_VERB, verb), level)}" for verb in VERBS)
        return "\n".join(each)
    found = CliRunner().invoke(
        program,
        arguments.split(),
        prog_name="lawmodel",
        catch_exceptions=False,
        max_content_width=HELP_WIDTH,
        terminal_width=HELP_WIDTH,
    )
    if found.exit_code:
        raise SystemExit(f"lawmodel {arguments}: exit code {found.exit_code}\n{found.output}")
    if "--help" in arguments.split():
        return f"```text\n{found.stdout.strip()}\n```\n"
    text = re.sub(r"\n*<!-- written by lawmodel -->\s*", "\n", found.stdout)
    return re.sub(r"^#", "#" * (level + 1), text, flags=re.MULTILINE)


def main(arguments: list[str]) -> int:
    """1 where a page is not as it would be made; of all pages, or of those whose names are given."""
    os.chdir(CHECKOUT)
    old = []
    named = [one for one in arguments if one != "--renew"]
    for page in pages():
        if named and page.name not in named:
            continue
        text = page.read_text(encoding="utf-8")
        now = made(text)
        if now != text:
            old.append(page)
            if "--renew" in arguments:
                page.write_text(now, encoding="utf-8")
    for page in old:
        done = "made anew" if "--renew" in arguments else "not as it is made now: python .ci/made_pages.py --renew"
        print(f"{page.relative_to(CHECKOUT)}: {done}")
    return int(bool(old) and "--renew" not in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
