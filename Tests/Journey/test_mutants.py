"""The tables of mutants say what stands in the sources, and what is planted is what they say."""

import subprocess
from pathlib import Path

import pytest
from planting import planted
from table import ROOT, Mutant, TableError, check, read


def test_every_mutant_stands_in_the_sources() -> None:
    done = subprocess.run(
        [ROOT / "scripts" / "mutants", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(done.stdout.split()[0]) > 650


def test_a_mutant_whose_line_was_changed_is_told(tmp_path: Path) -> None:
    (tmp_path / "A.swift").write_text("    guard a <= b else { return }\n", "utf-8")
    mutant = Mutant("a rule", "A.swift", "a.txt:1", lines=["guard {{a < b => a <= b}} else { return }"])
    assert check([mutant], tmp_path) == [
        'a.txt:1: "a rule" stands nowhere in A.swift, it must once; '
        "did you mean: guard a <= b else { return }"
    ]


@pytest.mark.parametrize(
    ("marked", "code"),
    [
        ("guard {{a < b => a <= b}} else {", "guard (mutant(N) ? (a <= b) : (a < b)) else {"),
        ("{{do try check(a) => }}", "if !mutant(N) { try check(a) }"),
        ("{{do one() => two()}}", "if mutant(N) { two() } else { one() }"),
        ('let sql = "day {{in <= => <}} ?"', 'let sql = "day \\(mutant(N) ? "<" : "<=") ?"'),
        ("map({{all.map { $0.key } => all.map { $0.name }}})", None),
    ],
)
def test_each_mark_has_its_code(marked: str, code: str | None) -> None:
    mutant = Mutant("a rule", "A.swift", "a.txt:1", lines=[marked])
    text = f"func f() {{\n    {mutant.bare}\n}}\n"
    wanted = code or "map((mutant(N) ? (all.map { $0.name }) : (all.map { $0.key })))"
    assert planted(text, [mutant]) == f"func f() {{\n    {wanted}\n}}\n".replace("N", str(mutant.number))


def test_a_change_may_hold_another_and_none_may_cross_another() -> None:
    text = "\nreturn a && b && c\n"
    outer = Mutant("outer", "A.swift", "a.txt:1", lines=["return {{a && b => true}} && c"])
    inner = Mutant("inner", "A.swift", "a.txt:2", lines=["return a && {{b => true}} && c"])
    across = Mutant("across", "A.swift", "a.txt:3", lines=["return a && {{b && c => true}}"])
    one, other = outer.number, inner.number
    assert planted(text, [outer, inner]) == (
        f"\nreturn (mutant({one}) ? (true) : (a && (mutant({other}) ? (true) : (b)))) && c\n"
    )
    with pytest.raises(TableError, match='"across" overlaps "outer"'):
        planted(text, [outer, across])


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("mutant one\n    {{a => b}}\nmutant one\n    {{a => c}}\n", "two mutants are called"),
        ("file A.swift\n    {{a => b}}\n", "code before any mutant"),
        ("guard a\n", "is no word of a table"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(tmp_path: Path, table: str, told: str) -> None:
    (tmp_path / "a.txt").write_text(table, "utf-8")
    with pytest.raises(TableError, match=told):
        read([tmp_path / "a.txt"])
