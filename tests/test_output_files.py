"""Where output may go, and that it gets there whole or not at all."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from lawmodel.output_files import Output, check_outputs, save_text
from lawmodel.problems import ProblemsFound
from lawmodel.temporary_files import whole_file


def test_replaces_what_stands_there_and_leaves_nothing_beside(tmp_path: Path) -> None:
    file = tmp_path / "case.yaml"
    save_text(file, "one: ä\n")
    save_text(str(file), "two: ä\n")
    assert file.read_bytes() == "two: ä\n".encode()
    assert list(tmp_path.iterdir()) == [file]


def test_follows_a_link_and_keeps_the_permissions(tmp_path: Path) -> None:
    file, link = tmp_path / "case.yaml", tmp_path / "link.yaml"
    file.write_text("old")
    file.chmod(0o640)
    link.symlink_to(file)
    save_text(link, "new")
    assert link.is_symlink()
    assert file.read_text() == "new"
    assert file.stat().st_mode & 0o777 == 0o640


def test_the_old_file_stays_whole_if_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "case.yaml"
    file.write_text("old")

    def full(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(ProblemsFound, match="No space left"):
        save_text(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_nothing_is_left_of_a_file_that_was_broken_off(tmp_path: Path) -> None:
    file = tmp_path / ("x" * 250 + ".csv")
    file.write_text("old")

    def broken_off() -> None:
        with whole_file(file) as made:
            assert made.suffix != ".csv"  # whoever reads all tables of this folder does not find it
            made.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="cannot be written"):
        save_text(tmp_path, "text")
    with pytest.raises(ProblemsFound, match="cannot be written"):
        save_text(tmp_path / "no" / "such" / "folder.yaml", "text")


def test_devices_and_pipes_are_written_as_they_are(tmp_path: Path) -> None:
    save_text(os.devnull, "text")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text()))
    reader.start()
    save_text(pipe, "text")
    reader.join()
    assert read == ["text"]
    assert pipe.is_fifo()


def refused(*outputs: Output, inputs: tuple[Path, ...] = (), adding: bool = False) -> str:
    """What is said of the outputs, without the excerpts; nothing where they are accepted."""
    try:
        check_outputs(outputs, inputs, adding=adding)
    except ProblemsFound as found:
        return "\n".join(f"{Path(one.file).name}: {one.message}. {one.mend}" for one in found.problems)
    return ""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "cases.csv"
    file.write_text("case\n1\n")
    return file


def test_an_output_never_replaces_what_is_read_by_whatever_name(
    tmp_path: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "soft.csv").symlink_to("cases.csv")
    os.link(table, tmp_path / "hard.csv")
    (tmp_path / "folder").mkdir()
    (tmp_path / "other").symlink_to("folder")
    monkeypatch.chdir(tmp_path)
    for name in ("cases.csv", "soft.csv", "hard.csv", "./folder/../cases.csv", "other/../cases.csv", str(table)):
        assert "--out would replace what is read" in refused(Output("--out", Path(name)), inputs=(table,)), name
        assert refused(Output("--out", table), inputs=(Path(name),)), name
    assert refused(Output("--out", Path("Cases.csv")), inputs=(table,)) == ""  # another file, where capitals count


def test_where_capitals_do_not_count_the_system_says_so(
    tmp_path: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system that tells no capitals apart finds the file by the other name, and says that it is the same."""
    os.link(table, tmp_path / "CASES.CSV")
    assert refused(Output("--out", tmp_path / "CASES.CSV"), inputs=(table,))


def test_two_outputs_do_not_share_a_place(tmp_path: Path) -> None:
    out = Output("--out", tmp_path / "answers.csv")
    for name in ("answers.csv", "Answers.CSV", "../" + tmp_path.name + "/answers.csv"):
        assert "--out and --rejects" in refused(out, Output("--rejects", tmp_path / name)), name
    (tmp_path / "link.csv").symlink_to("answers.csv")  # to where nothing is yet
    assert refused(out, Output("--rejects", tmp_path / "link.csv"))
    assert not refused(out, Output("--rejects", tmp_path / "rejects.csv"))
    assert not refused(Output("--out", Path(os.devnull)), Output("--rejects", Path(os.devnull)))
    whole = Output("--out", tmp_path / "answers", "whole folder")
    (tmp_path / "answers").mkdir()
    assert refused(whole, Output("--rejects", tmp_path / "answers" / "rejects.csv"))
    assert refused(Output("--rejects", tmp_path / "answers" / "rejects.csv"), whole)


def test_what_is_written_into_a_folder_that_is_read_is_not_read_by_accident(tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    (rules / "deep").mkdir(parents=True)
    (rules / "law.yaml").write_text("rulebook: {}\n")
    assert refused(Output("--out", rules / "law.yaml"), inputs=(rules,))
    assert refused(Output("--out", rules / "deep" / "case.yaml"), inputs=(rules,))
    assert refused(Output("--out", rules, "folder"), inputs=(rules,))
    assert refused(Output("--out", rules / "cases", "folder"), inputs=(rules,))
    assert refused(Output("--out", tmp_path, "whole folder"), inputs=(rules,))
    assert not refused(Output("--out", rules / "rules.schema.json"), inputs=(rules,))
    assert not refused(Output("--out", tmp_path / "cases", "folder"), inputs=(rules,))
    # A verb that completes what is there adds to it, and replaces none of it.
    assert not refused(Output("--out", rules, "folder"), inputs=(rules,), adding=True)
    assert not refused(Output("--out", rules / "deep" / "case.yaml"), inputs=(rules,), adding=True)
    assert refused(Output("--out", rules / "law.yaml"), inputs=(rules,), adding=True)


def test_a_file_of_another_kind_is_not_replaced(tmp_path: Path, table: Path) -> None:
    def older(head: bytes) -> bool:
        return head.startswith(b"row,")

    assert "is nothing that --out writes" in refused(Output("--out", table, is_older=older))
    assert table.read_text() == "case\n1\n"
    table.write_text("row,outcome\n")
    assert not refused(Output("--out", table, is_older=older))
    table.write_text("")
    assert not refused(Output("--out", table, is_older=older))


def test_what_cannot_be_written_is_said_at_once(tmp_path: Path, table: Path) -> None:
    assert "this is a folder" in refused(Output("--out", tmp_path))
    assert "there is no folder" in refused(Output("--out", tmp_path / "no" / "file.csv"))
    assert "this is no folder" in refused(Output("--out", table, "folder"))
    assert "there is no folder" in refused(Output("--out", table / "inside", "folder"))
    assert "cannot be written" in refused(Output("--out", tmp_path / ("x" * 300)))
    assert "cannot be written" in refused(Output("--out", Path("a\0b")))
    (tmp_path / "circle").symlink_to("circle")
    assert "cannot be written" in refused(Output("--out", tmp_path / "circle"))
    assert not refused(Output("--out", tmp_path / "new" / "folders", "folder"))
    assert not refused(Output("--out", Path(os.devnull)))
    assert "device or a pipe" in refused(Output("--out", Path(os.devnull), "table"))
    assert not refused(Output("--out", table), inputs=(tmp_path / ("y" * 300), Path("a\0b")))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_what_may_not_be_written_is_said_at_once(tmp_path: Path, table: Path) -> None:
    table.chmod(0o444)
    assert "may not be written" in refused(Output("--out", table))
    tmp_path.chmod(0o555)
    assert "nothing may be written in" in refused(Output("--out", tmp_path / "new.csv"))
