"""Find and record products of tasks, keyed by all that they depend on.

A product is keyed by the SHA-256 of everything it was made from: the bytes of every
file that was read (and the names of those looked for in vain), the options, the
steps' own versions, the versions of libraries and programs, and their WebAssembly. Which
files a task reads is known only once it ran, so a first record, keyed by the rest,
names them, and the product's record is keyed by their content too.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from assets_pipeline.errors.exceptions import AssetError
from assets_pipeline.lod import recorded_settings
from assets_pipeline.resolver import Resolver
from assets_pipeline.tasks.result import TaskResult, from_json, product_files, to_json
from assets_pipeline.tasks.versions import versions_for

if TYPE_CHECKING:
    from assets_pipeline.tasks.store import Store
    from assets_pipeline.tasks.task import Task

Reads = dict[str, str | None]


def find_product(task: Task, store: Store) -> TaskResult | None:
    """Return a task's cached product if its inputs and files are unchanged."""
    made = load_record(task, store)
    if made is None or not all(map(store.contains, product_files(made.product))):
        return None
    lacks_search = task.searches and not recorded_settings.is_searched(made.decided)
    is_other = recorded_settings.differ(task.decided, made.decided)
    return None if lacks_search or is_other else made


def load_record(task: Task, store: Store) -> TaskResult | None:
    """Return a task's cached record if its inputs are unchanged.

    Whether the files it gave are still there is not asked: only what was noted counts.
    """
    names = recorded_reads(task, store)
    if names is None:
        return None
    reads = digest_files(task, names)
    record = store.read_record(_product_key(task, reads))
    return from_json(record) if record is not None else None


def recorded_reads(task: Task, store: Store) -> list[str] | None:
    """Return the files that a task read the last time; None where it never ran."""
    first = store.read_record(_question_key(task))
    names = first.get("reads") if first is not None else None
    return [str(name) for name in names] if isinstance(names, list) else None


def record_product(task: Task, reads: Reads, made: TaskResult, store: Store) -> None:
    """Record a task's product for the next build."""
    store.write_record(_product_key(task, reads), to_json(made))
    store.write_record(_question_key(task), {"path": task.path, "reads": list(reads)})


def digest_files(task: Task, names: list[str]) -> Reads:
    """Return files' digests as they are now, None for those that can't be read."""
    resolver = Resolver(Path(task.folder))
    reads: Reads = {}
    for name in names:
        try:
            resolver.reread(name)
        except AssetError:
            reads[name] = None
        else:
            reads[name] = resolver.reads[name]
    return reads


def _question_key(task: Task) -> str:
    """Return the key of what a task reads; the museum's folder may move.

    What was decided before is no part of it: it is compared with what was made.
    """
    left_out = ("folder", "decided", "searches")
    asked = {n: value for n, value in asdict(task).items() if n not in left_out}
    return _hashed(["question", asked, versions_for(task.kind)])


def _product_key(task: Task, reads: Reads) -> str:
    return _hashed(["product", _question_key(task), list(reads.items())])


def _hashed(parts: object) -> str:
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
