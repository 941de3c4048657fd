"""Errors that are the user's to mend, and what the well-known others mean."""

from __future__ import annotations

import errno
import traceback

# SageMaker shows the first 1024 characters of the failure file as FailureReason.
FAILURE_REASON_CHARACTERS = 1024
_TRACEBACK_TAIL_CHARACTERS = 4000


class UserError(Exception):
    """A fault in data, hyperparameters or their combination. The message says what is wrong, where, and what to do."""


def explain(error: BaseException) -> str:
    """One paragraph on what went wrong, with the remedy where it is known."""
    if isinstance(error, UserError):
        return str(error)
    full = _disk_full(error)
    error = full or error
    text = f'{type(error).__name__}: {error}'.strip().removesuffix(':')
    if full:
        return f'The disk is full ({text}). Give the job a larger volume, or write less.'
    if isinstance(error, MemoryError) or 'out of memory' in text.lower() or "can't allocate memory" in text.lower():
        return f'Memory ran out ({text}). Lower batch-size or image-size, or take a larger instance.'
    if 'bus error' in text.lower() or 'shared memory' in text.lower():
        return f'Shared memory ran out ({text}). Set num-workers to 0: /dev/shm is small in containers.'
    return text


def _disk_full(error: BaseException | None) -> OSError | None:
    """The disk-full error that this error is or came from: torch.save hides it behind one of its own."""
    while error is not None:
        if isinstance(error, OSError) and error.errno == errno.ENOSPC:
            return error
        error = error.__cause__ or error.__context__
    return None


def failure_text(error: BaseException) -> str:
    """Text for `/opt/ml/output/failure`: the cause first, then the traceback's tail.

    An error of the user's making carries no traceback: where in this program it was noticed helps nobody.
    """
    cause = explain(error)
    if isinstance(error, UserError) and error.__cause__ is None:
        return cause + '\n'
    trace = ''.join(traceback.format_exception(error))[-_TRACEBACK_TAIL_CHARACTERS:]
    return f'{cause}\n\n{trace}'
