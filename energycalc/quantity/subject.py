"""What is being spoken about: a machine or a measure, named once around the formulas that are about it."""

from __future__ import annotations

import contextlib
import contextvars
from collections.abc import Iterator

_subject: contextvars.ContextVar[str] = contextvars.ContextVar("subject", default="")


@contextlib.contextmanager
def about(subject: str) -> Iterator[None]:
    """Name the machine or measure that everything inside the block is about; results and errors carry it."""
    token = _subject.set(subject)
    try:
        yield
    finally:
        _subject.reset(token)


def current_subject() -> str:
    """The machine or measure named by the surrounding :func:`about`; each thread and task has its own."""
    return _subject.get()
