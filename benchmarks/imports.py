"""How fast a generated data set goes in, and how much memory that takes.

    .venv/bin/python -m benchmarks.imports 100000
    .venv/bin/python -m benchmarks.imports 100000 --database postgresql://user:word@host/empty
    .venv/bin/python -m benchmarks.imports 1000000 --again   # the same file again: nothing changes

The database must be empty or absent; without --database an SQLite file in a temporary folder is
used. Peak memory is that of this process, which does the whole import.
"""

import argparse
import csv
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from storage.database.schema import upgrade
from storage.database.store import Store
from storage.imports import ImportReport, Progress, check_and_import
from storage.vocabulary import DISTRICTS, KINDS

HEADER = (
    *("id", "title_kk", "title_ru", "kind", "status", "district", "address", "latitude"),
    *("longitude", "due_on", "planned_kzt", "stated_on", "source_title", "source_url"),
)
STATUSES = ("announced", "planned", "in_progress", "final_stage", "completed", "suspended")
STREETS = (
    *("Абай", "Төле би", "Жандосов", "Сәтбаев", "Момышұлы", "Райымбек", "Сейфуллин", "Саина"),
    *("Рысқұлов", "Жұмабаев", "Өтеген батыр", "Навои", "Тимирязев", "Розыбакиев", "Гагарин"),
)


def rows(count: int) -> Iterator[tuple[object, ...]]:
    """Yield as many projects, a row each, twelve facts a row, the same every time."""
    chance = random.Random(20251021)
    kinds, districts = list(KINDS.values()), list(DISTRICTS)
    for number in range(count):
        kind, street = chance.choice(kinds), chance.choice(STREETS)
        yield (
            f"g{number:07}",
            f"{street} көшесі, {number % 400}: {kind.labels['kk']} №{number}",
            f"{kind.labels['ru'].capitalize()} №{number} по улице {street}",
            kind.code,
            chance.choice(STATUSES),
            chance.choice(districts),
            f"ул. {street}, {number % 400}",
            f"{chance.uniform(43.15, 43.35):.6f}",
            f"{chance.uniform(76.75, 77.05):.6f}",
            f"{chance.randint(2023, 2028)}-{chance.randint(1, 12):02}",
            chance.randint(1, 900) * 10_000_000,
            f"2025-{chance.randint(1, 10):02}-{chance.randint(1, 28):02}",
            f"Жаңалық {number % 2000}",
            f"https://news.example.kz/{number % 2000}",
        )


def write_csv(path: Path, count: int) -> None:
    """Write the generated data set."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(rows(count))


def timed_import(store: Store, path: Path) -> tuple[ImportReport, dict[str, float]]:
    """Import the file; returns the report and the seconds that checking and applying took."""
    started = time.perf_counter()
    checked = started

    def note(progress: Progress) -> None:
        nonlocal checked
        if progress.stage == "checking":
            checked = time.perf_counter()

    report = check_and_import(store, path, clock=lambda: datetime.now(UTC), progress=note)
    ended = time.perf_counter()
    return report, {"check": checked - started, "apply": ended - checked, "all": ended - started}


def show(store: Store, path: Path, count: int) -> None:
    """Import once and print the figures."""
    report, seconds = timed_import(store, path)
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(report.summary())
    print(
        f"{count:,} rows in {seconds['all']:.1f} s (check {seconds['check']:.1f} s, "
        f"apply {seconds['apply']:.1f} s): {count / seconds['all']:,.0f} rows/s, "
        f"{report.counts.statements_added / seconds['all']:,.0f} statements/s, "
        f"peak {peak_mib:,.0f} MiB"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("rows", type=int, nargs="?", default=100_000)
    parser.add_argument("--database", default="", help="sqlite:///file or postgresql://...")
    parser.add_argument("--again", action="store_true", help="import the same file once more")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "projects.csv")
        write_csv(path, options.rows)
        url = options.database or f"sqlite:///{Path(folder, 'qala.db')}"
        with Store(url) as store:
            upgrade(store)
            print(f"{store.url.get_backend_name()}, {path.stat().st_size / 2**20:.0f} MiB of CSV")
            for _ in range(1 + options.again):
                show(store, path, options.rows)


if __name__ == "__main__":
    main()
