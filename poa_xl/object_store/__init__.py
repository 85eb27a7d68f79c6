"""Folders and files in an object store: `s3://bucket/prefix`.

What is there is listed once and fetched into a private folder, each object as it was listed, so that all else works on
files. `Copies` holds these folders; `location` reads an address, `keys` gives a stranger's names a harmless place,
`store` alone talks with the store.
"""

from poa_xl.object_store.copies import Copies, listed
from poa_xl.object_store.location import ObjectLocation, is_location, of, refuse
from poa_xl.object_store.output import StoredFile, file, put_folder
from poa_xl.object_store.store import FolderListing, Store

__all__ = [
    "Copies",
    "FolderListing",
    "ObjectLocation",
    "Store",
    "StoredFile",
    "file",
    "is_location",
    "listed",
    "of",
    "put_folder",
    "refuse",
]
