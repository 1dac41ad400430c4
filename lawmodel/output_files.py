"""Files that are written: where they may go. How they get there whole or not at all is `temporary_files`' matter.

Every verb asks `check_outputs` before it works. An output never takes the place of anything that is read, of another
output, or of a file of another kind than what is written; an older result of the same kind gives way.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal

from lawmodel.dataclass import dataclass
from lawmodel.problems import Collector, Problem, ProblemsFound
from lawmodel.temporary_files import whole_file, whole_folder

READ_IN_FOLDERS: Final = (".yaml", ".yml", ".parquet")
"""Files that are read where a folder is named."""
LOOKED_AT: Final = 4_194_304
"""How many bytes of an older file, at its beginning and at its end, are looked at to tell of what kind it is."""


@dataclass(frozen=True, slots=True)
class Output:
    """A place that the user names for something that is written."""

    option: str
    """As the user writes it: ``--out``."""
    path: Path
    form: Literal["file", "table", "folder", "whole folder"] = "file"
    """A ``file`` of text may also be a device or a pipe; a ``table`` may not, since it is moved to its place.
    In a ``folder`` files are put beside others; a ``whole folder`` is replaced."""
    is_older: Callable[[bytes], bool] | None = None
    """Tells from the beginning and the end of a file that stands there whether it is an older output of the same kind,
    which may be replaced. None: whatever has this name is."""


def check_outputs(outputs: Iterable[Output], inputs: Iterable[Path], *, adding: bool = False) -> None:
    """Refuse places where something of the user's would be lost; raises `ProblemsFound`.

    ``inputs`` are the files and folders that are read; names lead to the same file through links, other capitals and
    the like. With ``adding``, new files may be put into a folder that is read: they are meant for it.
    """
    problems = Collector()
    read, earlier = [path for path in dict.fromkeys(inputs) if _is_there(path)], list[Output]()
    for output in outputs:
        try:
            wrong = _wrong(output, read, earlier, adding)
        except (OSError, ValueError, RuntimeError) as error:  # a name too long, a circle of links
            wrong = _cannot_be_written(error)
        if wrong is not None:
            problems.of_file(output.path, *wrong)
        earlier.append(output)
    problems.raise_if_any()


def save_text(path: Path | str, text: str) -> None:
    """Write a text, as `save_bytes` does."""
    save_bytes(path, text.encode())


def save_bytes(path: Path | str, content: bytes) -> None:
    """Write a file: whoever reads it meanwhile finds the old one or the new one, never a part.

    Devices and pipes are written as they are. Raises `ProblemsFound` where that cannot be done.
    """
    target = Path(path)
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open("wb") as stream:
                stream.write(content)
            return
        with whole_file(target) as made:
            made.write_bytes(content)
    except BrokenPipeError:
        raise
    except (OSError, ValueError, RuntimeError) as error:
        raise ProblemsFound([Problem(*_cannot_be_written(error), str(path))]) from None


def save_all(folder: Output, texts: Mapping[str, str], inputs: Iterable[Path], *, adding: bool = False) -> list[Path]:
    """Write texts by their names into a folder, which is made if need be: the files that were written.

    None is written where one of them may not go to its place; raises `ProblemsFound`.
    """
    made = folder.path
    try:
        made.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise ProblemsFound([Problem(*_cannot_be_written(error), str(made))]) from None
    places = [Output(folder.option, made / name, is_older=folder.is_older) for name in texts]
    check_outputs(places, inputs, adding=adding)
    for place, text in zip(places, texts.values(), strict=True):
        save_text(place.path, text)
    return [place.path for place in places]


def check_folder(folder: Output, inputs: Iterable[Path], first: str) -> None:
    """Refuse a place for a whole folder at which something of the user's stands; raises `ProblemsFound`.

    An older folder is told by its file ``first``, of which the output says whether it is one.
    """
    check_outputs([folder], inputs)
    path = folder.path
    if path.is_dir() and any(path.iterdir()) and not _is_older_folder(folder, first):
        message = f"this folder is there already, and is nothing that {folder.option} writes: it is not replaced"
        raise ProblemsFound([Problem(message, f"Name another folder with {folder.option}.", str(path))])


def save_folder(path: Path, texts: Mapping[str, str]) -> None:
    """Write texts by their paths as a whole folder; what stood there is gone then. Raises `ProblemsFound`."""
    try:
        with whole_folder(path) as made:
            for name, text in texts.items():
                place = made / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, encoding="utf-8", newline="\n")
    except (OSError, ValueError, RuntimeError) as error:
        raise ProblemsFound([Problem(*_cannot_be_written(error), str(path))]) from None


def _is_older_folder(folder: Output, first: str) -> bool:
    beginning = folder.path / first
    if folder.is_older is None or not beginning.is_file():
        return False
    with beginning.open("rb") as stream:
        return folder.is_older(stream.read(LOOKED_AT))


# --- what is wrong with a place, and the mend --------------------------------------------------------

_Wrong = tuple[str, str]


def _wrong(output: Output, inputs: Sequence[Path], earlier: Sequence[Output], adding: bool) -> _Wrong | None:
    path, option = output.path, output.option
    another = f"Name another {'folder' if 'folder' in output.form else 'file'} with {option}."
    for other in earlier:
        if _same(path, other.path) or _inside(output, other) or _inside(other, output):
            return f"{other.option} and {option} would be written to the same place", another
    for read in inputs:
        if _same(path, read) and output.form != "folder":
            return f"{option} would replace what is read", another
        if output.form == "whole folder" and _lies_in(read, path):
            return f"{option} would replace `{read}`, which is read", another
        if (output.form == "folder" or path.suffix in READ_IN_FOLDERS) and (_same(path, read) or _lies_in(path, read)):
            if path.is_file():
                return f"{option} would replace what is read", another
            if not adding:
                return f"{option} lies in the folder `{read}`: what is written would be read with it", another
    return _in_the_way(output, another) or _unwritable(path, "folder" in output.form)


def _in_the_way(output: Output, another: str) -> _Wrong | None:
    """What stands at the place, if it may not give way."""
    path = output.path
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    if "folder" in output.form:
        return None if path.is_dir() else ("this is no folder", another)
    if path.is_dir():
        return "this is a folder", f"Name a file in it with {output.option}."
    if stat.S_ISCHR(mode) or stat.S_ISFIFO(mode):
        return None if output.form == "file" else ("a table cannot be written to a device or a pipe", another)
    if not stat.S_ISREG(mode):
        return "this is no ordinary file", another
    if output.is_older is not None:
        with path.open("rb") as stream:
            content = stream.read(LOOKED_AT)
            stream.seek(max(stream.tell(), path.stat().st_size - LOOKED_AT))
            content += stream.read(LOOKED_AT)
        if content and not output.is_older(content):
            return f"this file is there already, and is nothing that {output.option} writes: it is not replaced", (
                f"Name another file with {output.option}, or move this one away."
            )
    return None


def _unwritable(path: Path, makes_folders: bool) -> _Wrong | None:
    """Whether nothing can be written there at all."""
    if path.is_file() and not os.access(path, os.W_OK):
        return "this file may not be written", "Check who may write it, or name another."
    folder = path if makes_folders else path.resolve().parent
    while makes_folders and not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not folder.is_dir():
        return f"there is no folder `{folder}`", "Make the folder first, or name another."
    if not (path.exists() and not path.is_file() and not path.is_dir()) and not os.access(folder, os.W_OK | os.X_OK):
        return f"nothing may be written in the folder `{folder}`", "Check who may write there, or name another."
    return None


def _cannot_be_written(error: Exception) -> _Wrong:
    reason = getattr(error, "strerror", None) or str(error) or "for no reason that the system gives"
    return f"the file cannot be written ({reason})", "Check that its folder exists and who may write there."


# --- whether two names lead to one place -------------------------------------------------------------


def _same(one: Path, other: Path) -> bool:
    """Whether two names are of one file, there or not: links are followed, and capitals may not tell files apart."""
    if one.exists() or other.exists():
        return one.exists() and other.exists() and _is_lasting(one) and one.samefile(other)
    one, other = one.resolve(), other.resolve()
    return _folded(one.name) == _folded(other.name) and _same_folder(one.parent, other.parent)


def _same_folder(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # whoever reads it says what is wrong
        return False


def _is_lasting(path: Path) -> bool:
    """Whether what is written there stays: two outputs may both go to a terminal."""
    return path.is_file() or path.is_dir()


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _inside(output: Output, other: Output) -> bool:
    """Whether an output lies in a folder that another output replaces."""
    return other.form == "whole folder" and _lies_in(output.path, other.path)


def _lies_in(path: Path, folder: Path) -> bool:
    """Whether a path leads into a folder, at any depth."""
    return folder.is_dir() and any(_same_folder(above, folder) for above in path.resolve().parents)
