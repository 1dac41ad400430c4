"""How an older output of a verb is told, by what stands in it, from a file of the user's that only has its name."""

from __future__ import annotations

from collections.abc import Callable

from lawmodel.commands.sorted_files import begins_a_case


def is_case(head: bytes) -> bool:
    """A case file."""
    return begins_a_case(head)


def is_json_schema(head: bytes) -> bool:
    """What `schema rules` and `schema case` write."""
    return head.lstrip().startswith(b"{") and b'"$schema"' in head


def is_stub(head: bytes) -> bool:
    """What `schema stub` writes."""
    return b"`lawmodel schema stub`" in head


def is_answer_set_program(head: bytes) -> bool:
    """What `export --to asp` writes."""
    return head.startswith(b"%") and b"\n% Law: " in head


def is_query(head: bytes) -> bool:
    """What `export --to sql` writes."""
    return head.startswith(b"-- ") and b"\n-- Rulebook: " in head


def is_decision_model(head: bytes) -> bool:
    """What `export --to dmn` writes."""
    return head.startswith(b"<?xml") and b"/DMN/" in head and b' exporter="lawmodel"' in head


def is_kept_run(head: bytes) -> bool:
    """What `mutate --resume` keeps."""
    return head.startswith(b'{"of": "')


def is_counts(head: bytes) -> bool:
    """The counts that `tabulate` writes."""
    first = _first_line(head)
    return first.endswith((b"all", b"before,after,gained,lost,cases"))


def answers_in(suffix: str) -> Callable[[bytes], bool] | None:
    """What `batch` writes; of databases and sheets that is looked at elsewhere."""
    return {
        ".parquet": _is_our_parquet,
        ".csv": _has_answers,
        ".jsonl": _has_answers,
        ".ndjson": _has_answers,
    }.get(suffix)


def is_about_answers(head: bytes) -> bool:
    """What `batch` writes beside answers that cannot describe themselves."""
    return head.startswith(b'{\n  "lawmodel"')


def are_rejects(head: bytes) -> bool:
    """What `batch --rejects` writes."""
    first = _first_line(head)
    return b"row" in first and b"reason" in first and b"mend" in first


def population_in(suffix: str) -> Callable[[bytes], bool] | None:
    """What `population` writes; of sheets that is looked at elsewhere."""
    return {
        ".parquet": _is_our_parquet,
        ".csv": lambda head: _first_line(head).startswith(b"case,"),
        ".jsonl": lambda head: head.startswith(b'{"case"'),
        ".ndjson": lambda head: head.startswith(b'{"case"'),
    }.get(suffix)


def _has_answers(head: bytes) -> bool:
    first = _first_line(head)
    return b'"outcome' in first and b'"status' in first


def _is_our_parquet(content: bytes) -> bool:
    """Such a file says at its end who has written it."""
    return content.startswith(b"PAR1") and b"lawmodel" in content


def _first_line(head: bytes) -> bytes:
    return head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].rstrip(b"\r")
