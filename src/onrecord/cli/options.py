"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

SeedsOption = Annotated[Path, typer.Option("--seeds", help="The folder of collections.", envvar="ONRECORD_SEEDS")]
DatasetsOption = Annotated[Path, typer.Option("--datasets", help="The folder of datasets.", envvar="ONRECORD_DATASETS")]
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", min=1, help="Processes to use. By default, one for each core.", show_default=False),
]
RegistryOption = Annotated[
    str | None,
    typer.Option(
        "--registry",
        help="Where releases are listed: a URL or a folder.",
        envvar="ONRECORD_REGISTRY",
        show_default=False,
    ),
]
KeyOption = Annotated[
    Path | None,
    typer.Option(
        "--key", help="The secret key to sign with; see `onrecord keygen`.", envvar="ONRECORD_KEY", show_default=False
    ),
]
OutputOption = Annotated[Path, typer.Option("--output", help="The folder of all releases, to be served as it is.")]
LanguageOption = Annotated[str, typer.Option("--language", help="The language of the text, as a BCP-47 tag.")]
ZoneOption = Annotated[
    str | None,
    typer.Option("--time-zone", help="The IANA zone of the article's dates, as 'Europe/Paris'.", show_default=False),
]
