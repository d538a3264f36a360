"""Turn errors into messages and exit codes, the same for every command.

To be ended from outside is the same as to be interrupted: what is finished is kept, processes are stopped.
"""

import signal
import sys
import threading
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from sim.errors import InputError, RunError

FAILED, WRONG_INPUT, INTERRUPTED = 1, 2, 130
P = ParamSpec("P")


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """Return the command with its errors told on standard error: one line a problem."""

    @wraps(command)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> None:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            command(*args, **kwargs)
        except InputError as error:
            typer.echo("\n".join(str(problem) for problem in error.problems), err=True)
            count = len(error.problems)
            typer.echo(f"{count} problem{'s' if count > 1 else ''} found; nothing was run.", err=True)
            raise typer.Exit(WRONG_INPUT) from None
        except RunError as error:
            typer.echo(f"the run failed: {error}", err=True)
            raise typer.Exit(FAILED) from None
        except KeyboardInterrupt:
            typer.echo("interrupted", err=True)
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            sys.stderr.close()
            raise typer.Exit(FAILED) from None
        except OSError as error:
            typer.echo(f"{error.filename or 'a file'}: {error.strerror}", err=True)
            raise typer.Exit(FAILED) from None

    return wrapper
