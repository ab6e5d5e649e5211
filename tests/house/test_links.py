"""Every link of a page leads to something that is there: a file, a folder, a heading."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]

LINK = re.compile(r"\]\(([^()\s]+)\)")
ELSEWHERE = re.compile(r"^[a-z]+:")
HEADING = re.compile(r"^#+\s+(.*)$", re.MULTILINE)


def anchors(text: str) -> set[str]:
    """The headings of a page as a link names them: lower case, without marks, hyphens for spaces."""
    plain = (re.sub(r"[^\w\s-]", "", heading).strip().lower() for heading in HEADING.findall(text))
    return {re.sub(r"\s", "-", heading) for heading in plain}


def broken(text: str, folder: Path) -> Iterator[str]:
    """Links of a page that lead to nothing."""
    for link in LINK.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        if ELSEWHERE.match(link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = folder / path
        if not target.exists():
            yield link
        elif anchor:
            page = target.read_text(encoding="utf-8") if path else text
            if anchor not in anchors(page):
                yield link


def test_every_link_of_a_page_leads_somewhere() -> None:
    assert len(PAGES) > 10, "the pages were not found"
    found = {path.name: list(broken(path.read_text(encoding="utf-8"), path.parent)) for path in PAGES}
    assert {name: links for name, links in found.items() if links} == {}


@pytest.mark.parametrize("link", ["no_such_page.md", "docs/units.md#no-such-heading", "#nowhere"])
def test_a_broken_link_is_seen(link: str) -> None:
    assert list(broken(f"# Here\n[x]({link})", ROOT)) == [link]


@pytest.mark.parametrize("link", ["docs/units.md", "docs", "#here-and-now", "https://example.org/x"])
def test_a_good_link_is_let_through(link: str) -> None:
    assert list(broken(f"# Here, and now\n[x]({link})", ROOT)) == []
