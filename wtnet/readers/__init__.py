"""Files to raw tables: one reader per format, chosen by what is in the file and not by its name.

`read` takes paths (a file, a folder of CSVs, several files that belong together), `read_bytes` an upload. Both give a
`Raw` for `wtnet.tables.check`, or raise UnreadableFile with a sentence that says why and what to do. `ReadFiles` reads
files once and gives both what they hold together and each of their sheets as it stands.
"""

from wtnet.readers.core.format import Format
from wtnet.readers.formats import FORMATS
from wtnet.readers.read import ReadFiles, files, read, read_bytes
from wtnet.readers.refuse import MAX_BYTES

__all__ = ["FORMATS", "MAX_BYTES", "Format", "ReadFiles", "files", "read", "read_bytes"]
