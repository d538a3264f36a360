"""What is no readable text at all: each is one problem of one line, whatever lies under the name."""

import os
from pathlib import Path

import pytest

from sim.errors import Problem
from sim.files import text, yaml12
from sim.files.corridors import load_description
from sim.files.text import read_text
from sim.files.validation import read_yaml

MB = 1_000_000


def refusal(path):
    """Return the one line that stands against a file."""
    problem = read_text(Path(path))
    assert isinstance(problem, Problem)
    return str(problem)


def test_a_missing_file_names_the_nearest(here):
    """Most missing files are misspelt."""
    (here / "baseline.yaml").touch()
    assert refusal("basline.yaml") == "basline.yaml: does not exist (nearest: 'baseline.yaml')"


def test_a_missing_folder_is_the_cause(here):
    """Where the folder is missing, no file in it can be near."""
    assert refusal("no/where.yaml") == "no/where.yaml: does not exist, nor does its folder 'no'"


def test_a_folder_is_no_file(here):
    """Reading a folder fails with an error of the system; the line says what it is instead."""
    (here / "x.yaml").mkdir()
    assert refusal("x.yaml") == "x.yaml: is a folder, not a file"


def test_a_pipe_is_not_waited_for(here):
    """Opening a named pipe would block for ever."""
    os.mkfifo("pipe.yaml")
    assert refusal("pipe.yaml") == "pipe.yaml: is not a regular file"


def test_a_binary_file(here):
    """NUL stands in no text."""
    Path("x.yaml").write_bytes(b"PK\x03\x04\0\0")
    assert refusal("x.yaml") == "x.yaml: is a binary file, not a text"


def test_another_encoding_is_named_by_its_place(here):
    """In Latin-1, e with acute is the byte E9, which begins no UTF-8 character before a line end."""
    Path("x.yaml").write_bytes(b"title: T\nname: caf\xe9\n")
    assert refusal("x.yaml") == "x.yaml:2:10: is not UTF-8 here: save the file as UTF-8"


def test_a_byte_order_mark_is_no_mistake(here):
    """Windows editors begin UTF-8 files with one; it is no part of the text."""
    Path("x.yaml").write_bytes(b"\xef\xbb\xbftitle: T\n")
    assert read_text(Path("x.yaml")) == "title: T\n"


def test_a_file_of_100_mb_is_not_read(here, monkeypatch):
    """Its size is known before it is opened; opening it fails this test."""
    with Path("x.yaml").open("wb") as file:
        file.truncate(100 * MB)
    monkeypatch.setattr(Path, "open", None)
    assert refusal("x.yaml") == "x.yaml: is larger than 5 MB: this is no corridor or scenario file"


def test_a_file_that_grows_while_it_is_read(here, monkeypatch):
    """Files under /proc say size 0; what is read counts too."""
    Path("x.yaml").write_text("a" * 20)
    monkeypatch.setattr(text, "LARGEST_B", 10)
    real = Path.stat
    small = os.stat_result((*tuple(real(Path("x.yaml")))[:6], 0, 0, 0, 0))
    monkeypatch.setattr(Path, "stat", lambda _: small)
    assert "is larger than" in refusal("x.yaml")


def test_what_the_system_refuses_is_told_in_its_words(here, monkeypatch):
    """A file may be locked away; the test runs as any user, so the refusal is made here."""

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    Path("x.yaml").touch()
    monkeypatch.setattr(Path, "open", refuse)
    assert refusal("x.yaml") == "x.yaml: cannot be read: Permission denied"


@pytest.mark.parametrize("name", ["a\0b.yaml", "a" * 300 + ".yaml"])
def test_a_name_that_no_file_can_have(name, here):
    """NUL and 300 characters are refused by the system before any file is looked for."""
    assert ": cannot be read: " in refusal(name)


@pytest.mark.parametrize("loader", ["c", "pure"])
@pytest.mark.parametrize("bomb", ["[", "{a: ", "- ", "? "])
def test_100_000_levels_do_not_exhaust_the_stack(bomb, loader, here, monkeypatch):
    """The guard counts levels while reading; deeper ones are never reached."""
    if loader == "pure":
        monkeypatch.setattr(yaml12, "_LOADER", yaml12.yaml.SafeLoader)
    Path("x.yaml").write_text(bomb * 100_000)
    problems = read_yaml(Path("x.yaml"))
    assert len(problems) == 1


def test_a_wide_bomb_stops_early(here):
    """A million aliases are as many mistakes; after fifty the rest is not read."""
    Path("x.yaml").write_text("a: &a x\nb: [" + "*a, " * 1_000_000 + "]\n")
    assert len(read_yaml(Path("x.yaml"))) == yaml12.MOST_PROBLEMS


def test_nothing_else_in_the_folder_is_taken_for_a_corridor_file(world_folder):
    """A README, a backup and a hidden folder stand beside the data."""
    corridors = world_folder / "corridors"
    (corridors / "README.md").write_text("# Corridors\n")
    (corridors / "world.yaml~").write_text("[")
    (corridors / ".git").mkdir()
    assert load_description(corridors).places.keys() == {"alpha", "beta", "gamma"}
