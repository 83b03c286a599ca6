"""The lines of record files that hold no record, each as a document with what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath

from palms_spec.documents.approvals import APPROVALS_FILE, Approval
from palms_spec.documents.document import Defect, Document
from palms_spec.documents.records import RecordModel, read_records
from palms_spec.documents.rows import row_document
from palms_spec.errors import UnreadableSource


def broken_approvals(
    names: Iterable[str], documents: Iterable[Document], peek: Callable[[str], bytes]
) -> Iterator[Document]:
    """The broken lines of approvals: of the files of that name which stand beside a specification."""
    folders = {str(PurePosixPath(one.path).parent) for one in documents if one.kind == "values-spec"}
    for name in names:
        path = PurePosixPath(name)
        if path.name == APPROVALS_FILE and str(path.parent) in folders:
            yield from broken_lines(name, peek, Approval)


def broken_lines(path: str, peek: Callable[[str], bytes], model: type[RecordModel]) -> Iterator[Document]:
    """The lines of a file of records that hold none."""
    try:
        data = peek(path)
    except UnreadableSource as error:
        yield Document(path, defects=[Defect("unreadable-document", error.message, error.hint, offset=0)])
        return
    lines = data.split(b"\n")
    for line in read_records(data, model):
        if line.record is None:
            raw = lines[line.number - 1].removeprefix(b"\xef\xbb\xbf") if line.number == 1 else lines[line.number - 1]
            document = row_document(path, raw, line.number, line.first_byte)
            document.defects.extend(line.defects)
            yield document
