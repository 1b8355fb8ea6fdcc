"""Every cell that is refused, and the sentence that says what would be right."""

import pytest

from storage.database.store import Store
from tests.storage.imports.conftest import Importer, errors, warnings

# columns -> the sentence of row 2
BAD: list[tuple[dict[str, str], str]] = [
    ({"id": "школа 1"}, "id «школа 1»: an id of 1 to 40 Latin letters, digits, _ or -"),
    ({"id": "x" * 41}, f"id «{'x' * 41}»: an id of 1 to 40 Latin letters, digits, _ or -"),
    ({"id": ""}, "id: the project's id is needed in every row"),
    (
        {"title_ru": ""},
        "title_kk: p1 is new: title_kk, title_ru or title_en is needed in one of its rows",
    ),
    ({"title_ru": "-"}, "title_ru «-»: a title can be erased only where the row gives another one"),
    ({"title_ru": "—"}, "title_ru «—»: leave the cell blank to say nothing, or write - to erase"),
    ({"title_ru": "\u200b"}, "title_ru «\u200b»: readable text, or a blank cell"),
    ({"funding": "city"}, "funding «city»: one of: public, private"),
    ({"address": "x" * 1001}, f"address «{'x' * 79}…»: at most 1,000 characters, not 1,001"),
    ({"sector": "transprt"}, "sector «transprt»: unknown; did you mean transport"),
    ({"kind": "scool"}, "kind «scool»: unknown; did you mean school"),
    ({"kind": "zzzzzz"}, "kind «zzzzzz»: unknown; known are: school, school_extension,"),
    ({"status": "competed"}, "status «competed»: unknown; did you mean completed"),
    ({"district": "Медэу"}, "district «Медэу»: unknown; did you mean medeu?"),
    ({"district": "medeu|Атлантида"}, "district «medeu|Атлантида»: unknown;"),
    ({"district": "|"}, "district «|»: a value, or several joined by |"),
    ({"area": "Astana"}, "area «Astana»: unknown;"),
    ({"programme": "republic_dai"}, "programme «republic_dai»: unknown; did you mean republic_day"),
    # swapped, out of range, alone, unreadable
    (
        {"latitude": "76.9", "longitude": "43.2"},
        "latitude «76.9»: latitude and longitude are swapped: latitude 43.2, longitude 76.9",
    ),
    (
        {"latitude": "55.7", "longitude": "37.6"},
        "latitude «55.7»: degrees north inside Kazakhstan: 40.5 to 55.5",
    ),
    (
        {"latitude": "43.2", "longitude": "176.9"},
        "longitude «176.9»: degrees east inside Kazakhstan: 46.4 to 87.4",
    ),
    ({"latitude": "43.2"}, "longitude: latitude and longitude are needed together"),
    ({"longitude": "76.9"}, "latitude: latitude and longitude are needed together"),
    (
        {"latitude": "43°14'", "longitude": "76.9"},
        "latitude «43°14'»: decimal degrees such as 43.238949",
    ),
    (
        {"latitude": "43.2", "longitude": "nan"},
        "longitude «nan»: decimal degrees such as 43.238949",
    ),
    ({"latitude": "-", "longitude": "76.9"}, "latitude «-»: decimal degrees such as 43.238949"),
    ({"location_precision": "exactly so"}, "location_precision «exactly so»: unknown;"),
    (
        {"location_precision": "street"},
        (
            "location_precision «street»: "
            "a latitude and a longitude beside it, or district, city or none"
        ),
    ),
    (
        {"location_precision": "none", "latitude": "43.2", "longitude": "76.9"},
        "location_precision «none»: exact, street, area or district where a point is",
    ),
    # money
    ({"planned_kzt": "-5"}, "planned_kzt «-5»: an amount cannot be negative; - alone erases it"),
    ({"contracted_kzt": "\u22125"}, "contracted_kzt «\u22125»: an amount cannot be negative"),
    ({"spent_kzt": "1500.50"}, "spent_kzt «1500.50»: whole tenge, without a fraction"),
    ({"spent_kzt": "1,5"}, "spent_kzt «1,5»: whole tenge, without a fraction"),
    (
        {"planned_kzt": "1,5 млрд"},
        "planned_kzt «1,5 млрд»: whole tenge in digits, such as 1500000000 or 1 500 000 000",
    ),
    ({"planned_kzt": "1 50 000"}, "planned_kzt «1 50 000»: whole tenge in digits"),
    ({"planned_kzt": "١٢"}, "planned_kzt «١٢»: whole tenge in digits"),
    ({"planned_kzt": "9" * 30}, f"planned_kzt «{'9' * 30}»: whole tenge, at most"),
    ({"capacity": "1500 мест"}, "capacity «1500 мест»: a number such as 1500 or 27.4; the unit"),
    ({"capacity": "-4"}, "capacity «-4»: a number from 0 to 1,000,000,000,000"),
    # dates
    (
        {"due_on": "2025-02-30"},
        "due_on «2025-02-30»: there is no such day: a date as YYYY-MM-DD, YYYY-MM or YYYY",
    ),
    ({"due_on": "2025-13"}, "due_on «2025-13»: there is no such day"),
    ({"due_on": "25.10.2025"}, "due_on «25.10.2025»: a date as YYYY-MM-DD: perhaps 2025-10-25?"),
    ({"due_on": "31.02.2025"}, "due_on «31.02.2025»: a date as YYYY-MM-DD, YYYY-MM or YYYY"),
    ({"due_on": "1025-10-01"}, "due_on «1025-10-01»: a year from 1900 to 2100"),
    ({"due_on": "осенью"}, "due_on «осенью»: a date as YYYY-MM-DD, YYYY-MM or YYYY"),
    ({"due_on": "２０２５"}, "due_on «２０２５»: a date as YYYY-MM-DD, YYYY-MM or YYYY"),
    ({"stated_on": "вчера"}, "stated_on «вчера»: a date as YYYY-MM-DD, YYYY-MM or YYYY"),
    ({"stated_on": "-"}, "stated_on «-»: a date as YYYY-MM-DD, YYYY-MM or YYYY"),
    (
        {"starts_on": "2025", "due_on": "2024-12-31"},
        "due_on «2024-12-31»: due before its start on 2025: a day after that",
    ),
    (
        {"starts_on": "2025-06-15", "completed_on": "2025-05"},
        "completed_on «2025-05»: completed before its start on 2025-06-15: a day after that",
    ),
    # addresses
    ({"photo_url": "photo.jpg"}, "photo_url «photo.jpg»: an address that begins with https://"),
    ({"link": "javascript:alert(1)"}, "link «javascript:alert(1)»: an address that begins with"),
    ({"source_url": "https://"}, "source_url «https://»: an address that begins with https://"),
    ({"source_title": "-"}, "source_title «-»: a title, or a blank cell: a source is not erased"),
]


def _csv(cells: dict[str, str]) -> str:
    row = {"id": "p1", "title_ru": "Сквер"} | cells
    quoted = (f'"{cell}"' if cell else "" for cell in row.values())
    return f"{','.join(row)}\n{','.join(quoted)}\n"


@pytest.mark.parametrize(("cells", "expected"), BAD)
def test_a_bad_cell(
    quiet_store: Store, importer: Importer, cells: dict[str, str], expected: str
) -> None:
    report = importer(quiet_store, _csv(cells))
    (sentence,) = errors(report)
    assert sentence.startswith(f"projects.csv, row 2, {expected}")
    assert (report.exit_code, report.counts.rows_refused) == (1, 1)


DOUBTFUL: list[tuple[dict[str, str], str]] = [
    (
        {"stated_on": "2025-11-22"},
        "stated_on «2025-11-22»: later than today (2025-11-20): is the day right?",
    ),
    (
        {"completed_on": "2026"},
        "completed_on «2026»: later than today (2025-11-20): is it due_on that is meant?",
    ),
    (
        {"due_on": "2025", "stated_on": "2024", "promised_on": "2025-02"},
        "promised_on «2025-02»: a day up to stated_on (2024)",
    ),
    ({"promised_on": "2023"}, "promised_on «2023»: goes with a due_on in the same row: not read"),
    (
        {"district": "medeu", "latitude": "43.9", "longitude": "76.9"},
        "latitude «43.9, 76.9»: ",
    ),
]


@pytest.mark.parametrize(("cells", "expected"), DOUBTFUL)
def test_a_doubtful_cell_goes_in_with_a_warning(
    quiet_store: Store, importer: Importer, cells: dict[str, str], expected: str
) -> None:
    files = {
        "projects.csv": _csv(cells),
        "districts.csv": "slug,latitude,longitude\nmedeu,43.2,76.98\n",
    }
    report = importer(quiet_store, files, dry_run=True)
    (sentence,) = warnings(report)
    assert sentence.startswith(f"warning: projects.csv, row 2, {expected}")
    assert (report.state, report.exit_code, errors(report)) == ("imported", 0, [])


def test_far_from_the_district_is_said_in_kilometres(
    quiet_store: Store, importer: Importer
) -> None:
    files = {
        "projects.csv": _csv({"district": "medeu", "latitude": "43.4", "longitude": "76.98"}),
        "districts.csv": "slug,latitude,longitude\nmedeu,43.2,76.98\n",
    }
    (sentence,) = warnings(importer(quiet_store, files, dry_run=True))
    assert sentence.endswith("22 km from the centre of medeu: is the point or the district right?")


FINE: list[dict[str, str]] = [
    {"planned_kzt": "1 500 000"},
    {"planned_kzt": "1\u00a0500\u202f000"},
    {"planned_kzt": "0", "spent_kzt": "-"},
    {"starts_on": "2025-06", "due_on": "2025"},
    {"starts_on": "2025-06-15", "due_on": "2025-06"},
    {"kind": "Поликлиника", "sector": "sport", "status": "operating"},
    {"kind": "school", "sector": "transport"},
    {"latitude": "43,238949", "longitude": "76,945465"},
    {"latitude": "-", "longitude": "-"},
    {"latitude": "43.2", "longitude": "76.9", "location_precision": "-"},
    {"location_precision": "district", "district": "751410000"},
    {"title_ru": "-", "title_kk": "Гүлзар"},
    {"capacity": "27,4", "capacity_unit": "км"},
    {"capacity": "1 500", "capacity_unit": "мест"},
    {"link": "HTTPS://example.kz/сквер?x=1#y"},
    {"due_on": "2025-08", "stated_on": "2024", "promised_on": "2024-12"},
    {"stated_on": "2025-11"},
]


@pytest.mark.parametrize("cells", FINE)
def test_a_fine_cell(quiet_store: Store, importer: Importer, cells: dict[str, str]) -> None:
    report = importer(quiet_store, _csv(cells), dry_run=True)
    assert (report.problems, report.counts.projects_new) == ([], 1)


def test_all_problems_of_all_rows_are_told(quiet_store: Store, importer: Importer) -> None:
    text = "id,title_ru,status,due_on\na,Сквер,x1,2025-02-30\n!,Парк,planned,2025\n"
    report = importer(quiet_store, text)
    assert [(problem.row, problem.column) for problem in report.problems] == [
        (2, "status"),
        (2, "due_on"),
        (3, "id"),
    ]
    assert report.counts.rows_refused == 2


def test_a_thousand_problems_are_enough(quiet_store: Store, importer: Importer) -> None:
    report = importer(quiet_store, "id,title_ru\n" + "!,Сквер\n" * 1500)
    assert (len(report.problems), report.problems_left_out, report.errors) == (1000, 500, 1500)
