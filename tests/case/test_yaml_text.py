"""YAML as people wrote it: text stays text, knows its place, and tricks are refused."""

import codecs
import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from energycalc.case.yaml_text import Block, Rows, Scalar, locate, plain, read_file, read_tree
from energycalc.errors import CaseFileError

TEXT = """\
# a comment
energycalc: 1
period: {first_day: 107/1/1, last_day: "107/12/31"}   # ROC
meters:
  - id: MAIN
    unit: kWh
  - id: SUB
    note: 'it''s "quoted"'
folded: >-
  two
  lines
empty:
no: no
"""


def refusal(text: str) -> str:
    with pytest.raises(CaseFileError) as caught:
        read_tree(text, "case.yaml")
    return str(caught.value)


def test_scalars_stay_text_and_know_line_path_and_span() -> None:
    tree = read_tree(TEXT, "case.yaml")
    assert plain(tree)["energycalc"] == "1"
    assert plain(tree)["no"] == "no"
    assert plain(tree)["empty"] == ""
    note = tree["meters"][1]["note"]
    assert (note.text, note.line, note.path) == ('it\'s "quoted"', 8, "meters[1].note")
    assert TEXT[slice(*note.span)] == "'it''s \"quoted\"'"
    assert (tree["period"]["last_day"].line, tree["period"]["last_day"].path) == (3, "period.last_day")
    assert tree["folded"].text == "two lines"
    assert isinstance(tree, Block)
    assert isinstance(tree["meters"], Rows)
    assert (tree["meters"].line, tree["meters"].path) == (5, "meters")


@pytest.mark.parametrize(
    ("path", "line", "found"),
    [
        (("meters", 1, "note"), 8, "meters[1].note"),
        (("meters", 1, "missing"), 7, "meters[1].missing"),
        (("meters", 7), 5, "meters.7"),
        (("energycalc", "deeper"), 2, "energycalc"),
        ((), 2, ""),
    ],
)
def test_the_deepest_place_that_exists_is_found(path: tuple[int | str, ...], line: int, found: str) -> None:
    assert locate(read_tree(TEXT, "case.yaml"), path) == (line, found)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "'a' stands twice (first in line 1)"),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", 4, "'b' stands twice (first in line 2)"),
        ("a: {b: 1, b: 2}\n", 1, "'b' stands twice"),
        ('a: 1\n"a": 2\n', 2, "'a' stands twice"),
        ("a: &x 1\nb: *x\n", 1, "anchors"),
        ("a: 1\nb: &y {c: 1}\n", 2, "anchors"),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", 1, "anchors"),
        ("a: 1\nb: !!int 5\n", 2, "tags"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "tags"),
        ("a: !secret 5\n", 1, "tags"),
        ("a: !!str {b: 1}\n", 1, "tags"),
        ("? [a, b]\n: 1\n", 1, "one word"),
        ("a: [1, 2\n", 2, "not valid YAML"),
        ("a: b: c\n", 1, "not valid YAML"),
        ("a:\n\tb: 1\n", 2, "not valid YAML"),
        ("a: 'open\n", 2, "not valid YAML"),
        ("a: *nothing\n", 1, "not valid YAML"),
        ("a: 1\n---\nb: 2\n", 2, "not valid YAML"),
    ],
)
def test_tricks_and_slips_are_refused_with_their_line(text: str, line: int, words: str) -> None:
    message = refusal(text)
    assert words in message
    assert f"case.yaml, line {line}" in message


@pytest.mark.parametrize("text", ["", "# only a comment\n", "- a\n- b\n", "just words\n", "5\n"])
def test_the_top_must_be_a_mapping(text: str) -> None:
    assert "top level must be a mapping of keys such as 'title: ...'" in refusal(text)


@pytest.mark.parametrize("text", ["a: \x07\n", "a: \x00\n", "a: \ud800\n"])
def test_control_characters_are_refused(text: str) -> None:
    assert "not valid YAML" in refusal(text)


def test_an_exclamation_mark_in_a_text_is_no_tag() -> None:
    assert plain(read_tree("a: now! ok\nb: '!x'\nc: a & b * c\n", "case.yaml")) == {
        "a": "now! ok",
        "b": "!x",
        "c": "a & b * c",
    }


# --- files ---


def test_a_file_with_or_without_bom_reads_the_same(tmp_path: Path) -> None:
    data = "標題: 工廠\r\nb: 2\r\n".encode()
    for name, content in (("plain.yaml", data), ("bom.yaml", codecs.BOM_UTF8 + data)):
        (tmp_path / name).write_bytes(content)
        tree, text, sha256 = read_file(tmp_path / name)
        assert plain(tree) == {"標題": "工廠", "b": "2"}
        assert tree["b"].line == 2
        assert text[slice(*tree["標題"].span)] == "工廠"
        assert sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("encoding", ["cp950", "utf-16", "latin-1"])
def test_a_file_in_another_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes("title: é".encode(encoding) if encoding == "latin-1" else "title: 工廠".encode(encoding))
    with pytest.raises(CaseFileError, match="is not UTF-8") as caught:
        read_file(path)
    assert "case.yaml" in caught.value.subject
    assert "UTF-8" in caught.value.next_step


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(CaseFileError, match="cannot be read") as caught:
            read_file(path)
        assert "energycalc new" in caught.value.next_step


@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,8}", fullmatch=True),
        st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=60, deadline=None)
def test_quoted_text_comes_back_as_it_was_and_its_span_is_its_own(values: dict[str, str]) -> None:
    import json

    text = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}  # {key}\n" for key, value in values.items())
    tree = read_tree(text, "case.yaml")
    assert plain(tree) == values
    for key, value in values.items():
        scalar = tree[key]
        assert isinstance(scalar, Scalar)
        assert json.loads(text[slice(*scalar.span)]) == value
