"""Make a site of the documentation in a folder: pages that are read from a disk, without server and network.

Each page of Markdown becomes a page of the same name. What they lead to besides (cases, rulebooks) is copied. A link
that would lead nowhere, or to an anchor that is not there, is a mistake: nothing is written then.
"""

import html
import posixpath
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from lawmodel.render.site import STYLE, Site, framed, style

CHECKOUT = Path(__file__).resolve().parent.parent
CONTENTS = (
    ("Start", "README.html"),
    ("First case", "docs/first-case.html"),
    ("Lesson", "docs/lesson.html"),
    ("Own reading", "docs/own-reading.html"),
    ("Answers", "docs/answers.html"),
    ("Meaning", "docs/semantics.html"),
    ("Glossary", "docs/glossary.html"),
    ("Reference", "docs/reference.html"),
    ("Comparison", "docs/comparison.html"),
    ("Changes", "docs/legal-changes.html"),
    ("Developing", "docs/developing.html"),
)
OWN_STYLE = """main, .site { width: min(56rem, 100% - 2rem); }
img { max-width: 100%; box-sizing: border-box; border: 1px solid #c9c4b8; }
"""
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")


class Wrong(Exception):
    """A link leads nowhere."""


def pages() -> list[Path]:
    """The Markdown of the documentation, relative to the checkout."""
    found = [*CHECKOUT.glob("*.md"), *CHECKOUT.glob("docs/*.md"), *CHECKOUT.glob("examples/**/*.md")]
    return [page.relative_to(CHECKOUT) for page in sorted(found)]


def anchor(words: str, seen: dict[str, int]) -> str:
    """The anchor of a heading, as those who show Markdown make it of its words."""
    name = re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")
    number = seen.get(name, 0)
    seen[name] = number + 1
    return f"{name}-{number}" if number else name


def with_anchors(tokens: Sequence[Token]) -> set[str]:
    """Give each heading its anchor; all of them."""
    seen: dict[str, int] = {}
    names = set()
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            inside = tokens[number + 1].children or []
            words = "".join(one.content for one in inside if one.type in ("text", "code_inline"))
            token.attrs["id"] = anchor(words, seen)
            names.add(str(token.attrs["id"]))
    return names


def site() -> tuple[dict[str, str], set[Path]]:
    """Every page by its path, and the files that they lead to; raises `Wrong`."""
    read = {page: MARKDOWN.parse((CHECKOUT / page).read_text(encoding="utf-8")) for page in pages()}
    anchors = {page: with_anchors(tokens) for page, tokens in read.items()}
    files: set[Path] = set()
    whole = Site("lawmodel: documentation", CONTENTS, lambda _: None)
    made = {STYLE: style() + OWN_STYLE}
    for page, tokens in read.items():
        for token in (one for each in tokens for one in each.children or ()):
            if token.type == "link_open":
                token.attrs["href"] = _link(page, str(token.attrs["href"]), anchors, files)
            elif token.type == "image":
                token.attrs["src"] = _link(page, str(token.attrs["src"]), anchors, files)
        title = next((tokens[n + 1].content for n, one in enumerate(tokens) if one.type == "heading_open"), page.stem)
        main = f"<main>\n{MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})}</main>"
        main = main.replace("<table>", '<div class="scroll" tabindex="0" role="group" aria-label="table"><table>')
        main = main.replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')
        path = page.with_suffix(".html").as_posix()
        made[path] = framed(whole, path, html.unescape(re.sub(r"`", "", title)), main, pictures=True)
    made["index.html"] = made["README.html"]
    return made, files


def _link(page: Path, link: str, anchors: dict[Path, set[str]], files: set[Path]) -> str:
    if re.match(r"[a-z]+:", link):
        return link
    path, _, name = unquote(link).partition("#")
    target = Path(posixpath.normpath((page.parent / path).as_posix())) if path else page
    if (CHECKOUT / target).is_dir() and target / "README.md" in anchors:
        target /= "README.md"
    if target in anchors:
        if name and name not in anchors[target]:
            raise Wrong(f"{page}: there is no heading for {link}")
        to = target.with_suffix(".html")
        return posixpath.relpath(to.as_posix(), page.parent.as_posix() or ".") + (f"#{name}" if name else "")
    if not (CHECKOUT / target).exists():
        raise Wrong(f"{page}: {link} leads nowhere")
    listed = [target] if (CHECKOUT / target).is_file() else []
    files.update(listed or (one.relative_to(CHECKOUT) for one in (CHECKOUT / target).rglob("*") if one.is_file()))
    return posixpath.relpath(target.as_posix(), page.parent.as_posix() or ".")


def main(arguments: list[str]) -> int:
    """Write the site into the folder that is named, which must be new or empty."""
    if len(arguments) != 1:
        print("python .ci/docs_site.py FOLDER")
        return 2
    folder = Path(arguments[0])
    if folder.exists() and any(folder.iterdir()):
        print(f"{folder}: this folder holds something already. Name another.")
        return 2
    try:
        made, files = site()
    except Wrong as wrong:
        print(wrong)
        return 1
    for path, text in made.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8", newline="\n")
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(CHECKOUT / file, folder / file)
    print(f"{len(made)} files, and {len(files)} that they lead to, in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
