"""Start lawmodel from its checkout: ``python3 cli.py decide …`` is ``lawmodel decide …``.

The first start makes an environment of its own, ``.venv`` beside this file, and installs lawmodel and what it
needs there, in exactly the versions of ``constraints.txt``; that needs the network. Later starts write nothing, and
only change over to it. ``python3 cli.py test …`` also installs what the tests need and runs pytest in the checkout; the
verbs that need more (for tables, for a browser, for assistants), and PDF, install that when they are first used. Where
this Python already has lawmodel installed from this checkout, it is used as it is.

Progress and problems go to standard error. The exit code is that of the command; 2 if the set-up fails.
"""

import os
import sys

if sys.version_info < (3, 11):
    sys.stderr.write(
        "lawmodel needs Python 3.11 or newer; this is Python %d.%d (%s).\n"  # noqa: UP031 - for old Pythons
        "Start it with a newer one, for instance: python3.11 cli.py\n" % (*sys.version_info[:2], sys.executable)
    )
    sys.exit(2)

# A start after the first one is to cost next to nothing: whatever else is needed is imported where it is needed.

CHECKOUT = os.path.dirname(os.path.realpath(__file__))
PROJECT = os.path.join(CHECKOUT, "pyproject.toml")
CONSTRAINTS = os.path.join(CHECKOUT, "constraints.txt")
"""The exact version of everything that can be installed; docs/developing.md says how it is made."""
ENVIRONMENT = os.path.join(CHECKOUT, ".venv")
PYTHON = os.path.join(ENVIRONMENT, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))
MARK = os.path.join(ENVIRONMENT, "made-by-cli.txt")
LOCK = os.path.join(CHECKOUT, ".venv.lock")
NO_INSTALLER = (
    "this Python can make no environment with pip in it.\nInstall one of these and start again: the package "
    "python3-venv (Debian, Ubuntu: apt install python3-venv), uv, or virtualenv"
)
EXTRAS = {
    **dict.fromkeys(("batch", "look", "population", "tabulate"), "batch"),
    "quiz": "teach",
    "serve": "web",
    "mcp": "mcp",
}
"""The verbs that need an extra, each with its own: nobody else waits for it to be installed."""
FORMATS = {"pdf": "report", "docx": "report"}
"""The formats that need one, whatever the verb."""
KNOWN = {"test", *EXTRAS.values(), *FORMATS.values()}
"""The extras that are installed here."""
COMMAND = """
import sys
try:
    from lawmodel.commands.main import main
except ModuleNotFoundError as missing:
    if (missing.name or "").startswith("lawmodel."):
        raise
    sys.stderr.write(f"lawmodel: {missing} in .venv: delete that folder and start again\\n")
    sys.exit(2)
main()
"""
ELSEWHERE = ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX")
"""Variables that would bring packages from elsewhere, or take them there: whatever is started does without them."""
RENAMED_FUNCTION = "-DPyEval_CallObject=PyObject_CallObject"
"""For the build of durable-rules: it calls a function of Python by a name that went with Python 3.13."""


class SetUpFailed(Exception):
    """The environment could not be made; the text says why, and what to do."""


def main(arguments: list[str]) -> int:
    """Run `arguments` as lawmodel's, in this process if it can, else in the checkout's environment."""
    if arguments[:1] == ["test"]:
        if not is_ready("test"):
            set_up("test")
        os.chdir(CHECKOUT)
        no_cache = [] if may_write() else ["-p", "no:cacheprovider"]
        return become([PYTHON, "-m", "pytest", *no_cache, *arguments[1:]])
    if is_installed_here():
        try:
            from lawmodel.commands.main import main as command
        except ModuleNotFoundError as missing:
            if (missing.name or "").partition(".")[0] == "lawmodel":
                raise
        else:
            command(arguments)
            return 0
    for extra in extras_of(arguments):
        if not is_ready(extra):
            set_up(extra)
    return become([PYTHON, "-P", "-c", COMMAND, *arguments])


def extras_of(arguments: list[str]) -> list[str]:
    """The extras that are wanted: that of the verb, and that of a format by its name or the ending of a file."""
    found = [EXTRAS[verb] for verb in arguments[:1] if verb in EXTRAS]
    for one in arguments[1:]:
        for name, extra in FORMATS.items():
            if one.rpartition("=")[2] == name or one.lower().endswith("." + name):
                found.append(extra)
    return found or [""]


def is_installed_here() -> bool:
    """Whether an editable install has put the checkout on this Python's path; PYTHONPATH alone brings no packages."""
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return CHECKOUT in map(os.path.realpath, sys.path[1:]) and CHECKOUT not in map(
        os.path.realpath, filter(None, named)
    )


def become(command: list[str]) -> int:
    """Go on as `command`; only where a process cannot be replaced (Windows) does this return, with its exit code."""
    if os.name != "nt":
        os.execve(command[0], command, own_environment())
    import subprocess

    return subprocess.call(command, env=own_environment())


def own_environment() -> dict[str, str]:
    """The environment variables of whatever is started here."""
    return {name: value for name, value in os.environ.items() if name not in ELSEWHERE}


def may_write() -> bool:
    """Whether the user may write in the checkout; in a shared one, what is set up works all the same."""
    return os.access(CHECKOUT, os.W_OK)


def is_ready(extra: str = "") -> bool:
    """Whether the environment is complete, for what is wanted now, in this place, with its Python still there."""
    installed, state = read_mark()
    return state == wanted_state() and os.path.exists(PYTHON) and (not extra or extra in installed.split())


def read_mark() -> tuple[str, str]:
    """What the environment holds, and the state it was finished in; both empty without a mark."""
    try:
        with open(MARK, encoding="utf-8") as file:
            installed, _, state = file.read().partition("\n")
    except OSError:
        return "", ""
    return installed, state


def wanted_state() -> str:
    """What a finished environment depends on: its Python, the place of the checkout, and what is to be installed."""
    with open(PROJECT, encoding="utf-8") as project, open(CONSTRAINTS, encoding="utf-8") as constraints:
        return "\n".join((os.path.realpath(PYTHON), CHECKOUT, project.read(), constraints.read()))


def set_up(extra: str = "") -> None:
    """Make or complete the environment, one start at a time; ends the program with 2 on failure, 130 on Ctrl-C."""
    if not may_write():
        needed = f"what `{extra}` needs" if extra else "lawmodel"
        say(f"{needed} is not set up, and you may not write in {CHECKOUT}")
        say("have someone who may write there give the same command once; after that it works for everyone")
        sys.exit(2)
    try:
        with open(LOCK, "a", encoding="utf-8") as lock:
            wait_for_turn(lock.fileno())
            if not is_ready(extra):  # else another start has done it meanwhile
                SetUp(lock.fileno()).run(extra)
    except (SetUpFailed, OSError) as problem:
        say(f"the set-up failed: {problem}")
        sys.exit(2)
    except KeyboardInterrupt:
        say("the set-up was interrupted; the next start does it again")
        sys.exit(130)


def wait_for_turn(lock: int) -> None:
    """Lock the open file `lock`; it is free again when this process and those it started are gone."""
    import time

    told = False
    while True:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except (BlockingIOError, PermissionError):
            if not told:
                say("another start is setting up .venv; waiting for it")
                told = True
            time.sleep(0.2)


def say(text: str) -> None:
    """Tell the user how the set-up goes."""
    print("lawmodel: " + text, file=sys.stderr, flush=True)


class SetUp:
    """One making of the environment, while the lock is held."""

    def __init__(self, lock: int) -> None:
        import tomllib

        self.lock = lock
        self.base: str = getattr(sys, "_base_executable", "") or sys.executable  # not one that is about to go
        self.quiet = not sys.stderr.isatty()
        with open(PROJECT, "rb") as file:
            self.extras: dict[str, list[str]] = tomllib.load(file)["project"]["optional-dependencies"]

    def run(self, extra: str) -> None:
        """Bring the environment to what is wanted; the mark is written when all the rest is done."""
        installed, state = read_mark()
        kept = set(installed.split())
        if kept and state == wanted_state() and os.path.exists(PYTHON):
            self.install(f"what `{extra}` needs", *self.extras[extra])
            self.write_mark(kept | self.covered_by(self.extras[extra]), state)
            return
        is_empty = os.path.isdir(ENVIRONMENT) and not os.listdir(ENVIRONMENT)
        if "found" in kept or (not kept and os.path.lexists(ENVIRONMENT) and not is_empty):
            self.adopt()
            kept.add("found")
        elif not (os.path.exists(PYTHON) and state.split("\n")[:2] == wanted_state().split("\n")[:2]):
            self.create()
            kept = {"made"}
        wanted = (kept | {extra}) & KNOWN
        requirements = [requirement for name in wanted for requirement in self.extras[name]]
        self.install("lawmodel and what it needs", "-e", CHECKOUT, *requirements)
        kept &= {"made", "found"}
        self.write_mark(kept | self.covered_by(requirements) | self.try_chaining(), wanted_state())

    def covered_by(self, requirements: list[str]) -> set[str]:
        """The extras that ask for nothing but these requirements; what tests need covers the others."""
        return {name for name in KNOWN if set(self.extras[name]) <= set(requirements)}

    def write_mark(self, installed: set[str], state: str) -> None:
        """Note what the environment holds: whole, or not at all."""
        beside = ENVIRONMENT + ".mark"
        with open(beside, "w", encoding="utf-8") as file:
            file.write(" ".join(sorted(installed)) + "\n" + state)
        os.replace(beside, MARK)

    def adopt(self) -> None:
        """Use an environment that is not ours as it is: nothing in it is deleted."""
        new_enough = "import sys; sys.exit(sys.version_info < (3, 11))"
        if not os.path.exists(PYTHON) or self.step([PYTHON, "-c", new_enough])[0]:
            raise SetUpFailed(f"{ENVIRONMENT} is there, but with no Python 3.11 or newer that runs: move it away")

    def create(self) -> None:
        """Make the environment anew, with pip in it if that can be had."""
        import shutil

        say("making .venv with Python {}.{}.{}".format(*sys.version_info))
        os.makedirs(ENVIRONMENT, exist_ok=True)
        self.write_mark({"made"}, "unfinished")  # from here on it is ours to clear
        for entry in list(os.scandir(ENVIRONMENT)):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            elif entry.path != MARK:
                os.remove(entry.path)
        ways = [
            [self.base, "-m", "venv", ENVIRONMENT],  # fails on Debian without the package python3-venv
            [shutil.which("virtualenv") or "", "--python", self.base, ENVIRONMENT],
            [self.base, "-m", "virtualenv", ENVIRONMENT],
            [self.base, "-m", "venv", "--without-pip", ENVIRONMENT],
            [shutil.which("uv") or "", "venv", "--allow-existing", "--python", self.base, ENVIRONMENT],
        ]
        if not any(way[0] and self.step(way)[0] == 0 for way in ways):
            raise SetUpFailed(NO_INSTALLER)

    def installer(self) -> list[str]:
        """The command that installs into the environment: its own pip, else the pip outside, else uv."""
        import shutil

        for pip in ([PYTHON, "-m", "pip"], [self.base, "-m", "pip", "--python", PYTHON]):
            if self.step([*pip, "--version"])[0] == 0:
                return [*pip, "install", *(["-qq"] if self.quiet else [])]  # errors only
        if uv := shutil.which("uv"):
            like_pip = ["--compile-bytecode", "-c", CONSTRAINTS, "-b", CONSTRAINTS]  # pip learns it from `step`
            return [uv, "pip", "install", "--python", PYTHON, *like_pip, *(["-q"] if self.quiet else [])]
        raise SetUpFailed(NO_INSTALLER)

    def try_chaining(self) -> set[str]:
        """Install the engine for forward chaining; where that cannot be done, say so once and go on without it."""
        self.quiet = False  # what is said goes into the log
        install, told = [*self.installer(), *self.extras["chaining"]], ""
        # What pip kept of an earlier build may have been built without RENAMED_FUNCTION.
        for again in ([], ["--force-reinstall", "--no-deps", "--no-cache-dir"]):
            code, told_here = self.step([*install, *again])
            told += told_here
            if code:
                break
            code, told_here = self.step([PYTHON, "-c", "import durable.engine"])
            told += told_here
            if code == 0:
                return {"chaining"}
        log = os.path.join(ENVIRONMENT, "chaining.log")
        with open(log, "w", encoding="utf-8") as file:
            file.write(told)
        say(f"going on without forward chaining: durable-rules cannot be built or loaded here ({log} says why)")
        return set()

    def install(self, title: str, *what: str) -> None:
        """Install into the environment, telling the user what comes of it; SetUpFailed if it fails."""
        command = self.installer()
        say(f"installing {title} into .venv; this is done once, takes about a minute, and needs the network")
        if self.step([*command, *what], shown=True)[0]:
            raise SetUpFailed(
                "see above. It needs the network, and room on the disk: where connections were refused or broken, all "
                "else that is said there follows from that"
            )

    def step(self, command: list[str], shown: bool = False) -> tuple[int, str]:
        """Run a command: its exit code and all it said, unless that is `shown` on standard error.

        It sees no packages from elsewhere. It holds the lock, so that no other start begins while it lives on.
        """
        import pathlib
        import subprocess

        environment = own_environment()

        def added(name: str, value: str) -> str:
            return f"{environment.get(name, '')} {value}".strip()

        # As an address, because pip parts the variable at spaces.
        constraints = pathlib.Path(CONSTRAINTS).as_uri()
        environment |= {
            "PYTHONSAFEPATH": "1",
            "PIP_USER": "0",
            "PIP_NO_INPUT": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PIP_CONSTRAINT": added("PIP_CONSTRAINT", constraints),  # of what is built with, too, until pip 25.3
            "PIP_BUILD_CONSTRAINT": added("PIP_BUILD_CONSTRAINT", constraints),  # since pip 25.3
            "CPPFLAGS": added("CPPFLAGS", RENAMED_FUNCTION),
        }
        done = subprocess.run(
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=2 if shown else subprocess.PIPE,
            stderr=2 if shown else subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            env=environment,
            pass_fds=() if os.name == "nt" else (self.lock,),
        )
        return done.returncode, done.stdout or ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
