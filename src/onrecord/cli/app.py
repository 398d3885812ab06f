"""The root command. Command modules import nothing heavy, so that `--help` is quick."""

from __future__ import annotations

import errno
import sys
from typing import Annotated, Any

import typer
from typer import _click
from typer.core import TyperGroup

from onrecord.cli import (
    build,
    convert,
    correct,
    datasets,
    describe,
    diff,
    download,
    extract,
    info,
    interrupts,
    keygen,
    new,
    pin,
    publish,
    rehydrate,
    release,
    rules,
    trust,
    validate,
    verify,
    yank,
)
from onrecord.errors import OnrecordError

INTERRUPTED = ("interrupted", "nothing was changed; run the command again")
EPILOG = "Exit codes: 0 good, 1 invalid data or an error, 2 a command that cannot be understood."


class Root(TyperGroup):
    """Turns what stops a command into one line and a hint."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command; without --debug nobody sees a traceback."""
        with interrupts.heeded():
            return super().invoke(ctx) if ctx.params.get("debug") else self._invoke(ctx)

    def _invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            _fail(str(error), error.hint)
        except KeyboardInterrupt:
            _fail(*INTERRUPTED)
        except BrokenPipeError:
            sys.stderr.close()
        except MemoryError:
            _fail("out of memory", "try --workers 1, or a machine with more")
        except OSError as error:
            _fail(*_os_error(error))
        except (typer.Exit, typer.Abort, _click.exceptions.ClickException):
            raise
        except Exception as error:  # noqa: BLE001 -- a mistake of ours is no reason to show a traceback unasked
            if interrupts.asked():
                _fail(*INTERRUPTED)
            else:
                _fail(f"{type(error).__name__}: {error}", "a mistake of onrecord's: report it with what --debug shows")
        raise typer.Exit(1)


def _fail(message: str, hint: str | None) -> None:
    typer.secho(f"error: {message}", fg="red", err=True)
    if hint:
        typer.secho(f"hint: {hint}", err=True)


def _os_error(error: OSError) -> tuple[str, str]:
    if error.errno == errno.ENOSPC:
        return "the disk is full", "free some space and run the command again; nothing was changed"
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}", "check that the path exists and may be read and written"


app = typer.Typer(
    name="onrecord",
    cls=Root,
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help starts twice as fast
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.util import find_spec

        from onrecord import __version__

        extraction = find_spec("onrecord.extract")
        compiled = extraction is not None and not str(extraction.origin).endswith(".py")
        typer.echo(f"onrecord {__version__} (extraction {'compiled' if compiled else 'not compiled'})")
        raise typer.Exit


@app.callback()
def root(
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an error.")] = False,
    version: Annotated[  # noqa: ARG001 -- its callback acts
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """News articles in, a published dataset of who said what out.

    Start with `onrecord new my-collection`, put documents into `seeds/my-collection/`,
    then run `onrecord build my-collection`.
    """
    del debug


COMMANDS = (
    *(new, convert, extract, correct, build, validate, diff, describe, rules),
    *(release, publish, yank, keygen),
    *(datasets, info, download, pin, trust, verify, rehydrate),
)
"""In the order of use: making a dataset, releasing it, reading one."""

for module in COMMANDS:
    app.command()(getattr(module, module.__name__.rpartition(".")[2]))
