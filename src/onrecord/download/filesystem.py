"""A file of blocks as the only file of a pyarrow filesystem, so that pyarrow's datasets scan it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.download.blocks import BlockFile, Blocks

if TYPE_CHECKING:
    import pyarrow.dataset as ds


def as_dataset(blocks: Blocks) -> ds.Dataset:
    """Return a file as a dataset; its scans read column by column, and no more than they need."""
    import pyarrow.dataset as ds
    from pyarrow.fs import FileInfo, FileSystemHandler, FileType, PyFileSystem

    name = blocks.ranges.path

    class Handler(FileSystemHandler):  # type: ignore[misc]
        """One file, which is read only."""

        def get_type_name(self) -> str:
            return "onrecord"

        def normalize_path(self, path: str) -> str:
            return path

        def get_file_info(self, paths: list[str]) -> list[Any]:
            return [
                FileInfo(path, FileType.File, size=blocks.ranges.size) if path == name else FileInfo(path)
                for path in paths
            ]

        def get_file_info_selector(self, selector: Any) -> list[Any]:
            raise FileNotFoundError(selector.base_dir)

        def open_input_file(self, path: str) -> Any:
            return _opened(blocks, path)

        def open_input_stream(self, path: str) -> Any:
            return _opened(blocks, path)

        def _refuse(self, *_: object) -> None:
            raise OSError("a release is read only")

        create_dir = delete_dir = delete_dir_contents = delete_root_dir_contents = _refuse
        delete_file = move = copy_file = open_output_stream = open_append_stream = _refuse

    options = ds.ParquetFragmentScanOptions(pre_buffer=False)
    form = ds.ParquetFileFormat(default_fragment_scan_options=options)
    return ds.dataset(name, filesystem=PyFileSystem(Handler()), format=form)


def _opened(blocks: Blocks, path: str) -> Any:
    import pyarrow as pa

    if path != blocks.ranges.path:
        raise FileNotFoundError(path)
    return pa.PythonFile(BlockFile(blocks), mode="r")
