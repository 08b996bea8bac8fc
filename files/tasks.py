"""What happens to files in the background."""

from __future__ import annotations

from datetime import timedelta
from itertools import islice
from typing import Any

from core import clock
from core.chores import chore
from core.errors import Refused
from files import upkeep
from files.exporting import export_to_file
from files.importing import import_from_file
from files.models import File
from jobs.kinds import kind
from jobs.schedules import every
from jobs.work import Work

AT_ONCE = 100
PATIENCE = timedelta(hours=1)
NAMED = 5


class Damaged(Refused):
    """Some files are not what their rows say."""

    code = "files_damaged"


@kind("files.scan", title="Scan a file", attempts=12)
def scan(work: Work) -> dict[str, Any]:
    """Nobody gets the file before this; with the scanner down it is tried again, later and later."""
    file = upkeep.examine(File.objects.get(pk=work.arguments["file"]))
    return {"file": file.pk, "status": file.status}


@kind("files.import", title="Import a table", attempts=2)
def import_table(work: Work) -> dict[str, Any]:
    """Every row or none, as somebody typing them would add them."""
    return import_from_file(work)


@kind("files.purge", title="Remove the bytes of a file that was taken away", attempts=8)
def purge(work: Work) -> dict[str, Any]:
    """Only its history stays."""
    done = upkeep.purge(File.objects.get(pk=work.arguments["file"]))
    return {"file": work.arguments["file"], "removed": done}


@kind("files.sweep", title="Remove what is left of uploads that were cut off")
def sweep(work: Work) -> dict[str, Any]:
    """Bytes that no file has known for a day."""
    return {"removed": upkeep.sweep()}


@kind("files.verify", title="Compare files with their bytes", attempts=2)
def verify(work: Work) -> dict[str, Any]:
    """Fails, naming the first of them, where some are damaged: admins hear of it."""
    damaged, total = [], File.objects.stored().count()
    for done, (_, found) in enumerate(upkeep.broken(), 1):
        if found:
            damaged.append(str(found))
            work.log(str(found))
        if done % AT_ONCE == 0:
            work.progress(done, total)
    if damaged:
        more = f", and {len(damaged) - NAMED} more" if len(damaged) > NAMED else ""
        raise Damaged(f"{len(damaged)} files are damaged: {'; '.join(damaged[:NAMED])}{more}.")
    return {"files": total}


kind("files.export", title="Export")(export_to_file)

every("30 2 * * *", "files.sweep")
every("0 3 * * *", "files.verify")


@chore(every=timedelta(minutes=10))
def remember_what_is_owed() -> int:
    """What no job sees to any more, because its attempts were used up, is promised again."""
    since, owed = clock.now() - PATIENCE, 0
    waiting = File.objects.unexamined(since=since).order_by("pk")
    leaving = File.objects.unpurged(since=since).order_by("pk")
    for file in islice(waiting, AT_ONCE):
        file.let_scan()
        owed += 1
    for file in islice(leaving, AT_ONCE):
        file.let_purge()
        owed += 1
    return owed
