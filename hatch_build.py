"""Compiles extraction while a wheel is built, where a C compiler is found; a wheel without it does the same, slower.

The variable ONRECORD_COMPILE decides: `1` compiles or fails, `0` does not compile, and unset compiles where that is
possible. An editable install is never compiled, so that what is edited is what runs.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMPILERS = ["mypy>=2.4", "setuptools>=77"]
"""What compiling needs beside a C compiler; mypy brings mypyc."""

LINUX = ["-fvisibility=hidden", "-fno-semantic-interposition", "-fno-plt"]
"""What lets a compiler call functions of one library directly: about a twentieth faster."""

FLAGS = ["--ignore-missing-imports", "--follow-imports=silent", "--no-warn-unused-ignores"]


class CompileHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the modules of `onrecord.extract`, compiled by mypyc, beside their sources."""

    def dependencies(self) -> list[str]:
        """Return what a build environment needs in addition."""
        return COMPILERS if wanted() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, unless the install is editable."""
        if version == "editable" or not wanted():
            return
        built = Path(tempfile.mkdtemp(prefix="onrecord-"))
        try:
            compile_into(Path(self.root) / "src", built)
        except (Exception, SystemExit) as error:  # setuptools and mypyc raise and exit in many ways
            shutil.rmtree(built)
            if _asked() == "1":
                raise
            self.app.display_warning(f"extraction is not compiled, and will be slower: {str(error)[:200]}")
            return
        self._built = built
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        for path in built.rglob(f"*{sysconfig.get_config_var('EXT_SUFFIX')}"):
            build_data["force_include"][str(path)] = path.relative_to(built).as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove what was compiled: it is in the wheel."""
        if built := getattr(self, "_built", None):
            shutil.rmtree(built)


def _asked() -> str:
    return os.environ.get("ONRECORD_COMPILE", "")


def wanted() -> bool:
    """Tell whether to compile: asked for, or not forbidden, with a C compiler and the headers of Python at hand."""
    if _asked() in {"0", "1"}:
        return _asked() == "1"
    compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
    at_hand = os.name == "nt" or shutil.which(compiler) is not None
    headers = Path(sysconfig.get_path("include"), "Python.h").exists()
    return sys.implementation.name == "cpython" and at_hand and headers


def compile_into(sources: Path, built: Path) -> None:
    """Compile every module of `onrecord.extract` below the folder `sources` into the folder `built`."""
    from mypyc.build import mypycify
    from setuptools import Distribution

    with contextlib.chdir(sources), tempfile.TemporaryDirectory(prefix="onrecord-") as work:
        modules = sorted(map(str, Path("onrecord/extract").rglob("*.py")))
        options = {"opt_level": "2", "debug_level": "0", "multi_file": True, "group_name": "onrecord"}
        extensions = mypycify([*FLAGS, f"--cache-dir={work}/mypy", *modules], target_dir=f"{work}/c", **options)
        if sys.platform == "linux":
            for extension in extensions:
                extension.extra_compile_args += LINUX
        distribution = Distribution({"name": "onrecord", "ext_modules": extensions})
        command: Any = distribution.get_command_obj("build_ext")
        command.build_lib, command.build_temp = str(built), f"{work}/o"
        command.parallel = os.cpu_count()
        command.ensure_finalized()
        command.run()
