"""Lists that an operator brings: taken in whole or not at all, and then hidden in any case."""

import csv
import zipfile
from pathlib import Path

import pytest

from bot.anonymise.gazetteer import files, shelf
from bot.anonymise.gazetteer.names import Gazetteer, Kind
from bot.anonymise.models import Label


def epraccur(path: Path, *rows: tuple[str, str, str]) -> Path:
    """A file laid out as the NHS publishes its list of practices: no header, 27 columns."""
    with path.open("w", newline="", encoding="utf-8") as out:
        for code, name, setting in rows:
            csv.writer(out).writerow([code, name, "Y60", "QHL", "1 HIGH ST", *[""] * 20, setting, ""])
    return path


def open_names(path: Path, *rows: tuple[str, str, str]) -> Path:
    """OS Open Names: a zip of CSV files without a header, and one that names the columns."""
    lines = [f"osgb{n},http://x,{name},,{second},,{kind},Village,1,2" for n, (name, second, kind) in enumerate(rows)]
    with zipfile.ZipFile(path, "w") as bundle:
        bundle.writestr("Doc/OS_Open_Names_Header.csv", "ID,NAMES_URI,NAME1,NAME1_LANG,NAME2,NAME2_LANG,TYPE\n")
        bundle.writestr("Data/SE24.csv", "\n".join(lines))
    return path


def words_found(gazetteer: Gazetteer, text: str) -> list[str]:
    return [text[span.start : span.end] for span in gazetteer.find(text)]


def test_the_list_of_practices_is_read_as_it_is_published(tmp_path: Path) -> None:
    rows = [("A81001", "THE DENSHAM SURGERY", "4"), ("A81002", "QUAYSTONE MEDICAL GROUP", "4")]
    file = epraccur(tmp_path / "epraccur.csv", *rows, ("Y00001", "PRISON DENTAL", "10"))
    assert shelf.add(tmp_path / "lists", file).counts == {Kind.PRACTICES: 2}
    found = shelf.load(tmp_path / "lists")
    text = "before quaystone medical group took us on I was at the Densham Surgery"
    assert words_found(found, text) == ["quaystone medical group", "the Densham Surgery"]
    assert {span.label for span in found.find(text)} == {Label.ORG}


def test_of_open_names_the_settlements_are_taken(tmp_path: Path) -> None:
    rows = [
        ("Ynysmaengwyn", "", "populatedPlace"),
        ("High Street", "", "transportNetwork"),
        ("Trefor", "Trevor", "populatedPlace"),
    ]
    shelf.add(tmp_path, open_names(tmp_path / "opname_csv_gb.zip", *rows))
    assert words_found(shelf.load(tmp_path), "we covered ynysmaengwyn and the high street") == ["ynysmaengwyn"]
    (listed,) = shelf.listing(tmp_path)
    assert listed.line() == "opname_csv_gb: 3 places"


def test_a_programme_of_ordinary_words_is_hidden_wherever_it_is_said(tmp_path: Path) -> None:
    file = tmp_path / "programmes.txt"
    file.write_text("name\nwinter huddle\nBridges\n# an aside\n", encoding="utf-8")
    shelf.add(tmp_path, file, Kind.PROGRAMMES)
    found = shelf.load(tmp_path)
    assert words_found(found, "then the winter huddle began, and we joined Bridges") == ["winter huddle", "Bridges"]
    assert words_found(found, "we built bridges that winter") == []


def test_a_name_that_could_be_anybodys_is_left_out(tmp_path: Path) -> None:
    file = epraccur(tmp_path / "epraccur.csv", ("A81001", "THE SURGERY", "4"), ("A81003", "HEALTH CENTRE", "4"))
    with pytest.raises(files.EmptyList):
        shelf.add(tmp_path, file)


@pytest.mark.parametrize(
    ("content", "kind", "sentence"),
    [
        (b"", Kind.PLACES, "no names"),
        (b"Densham\n", None, "--kind"),
        (b"Densham\n\xff\xfe\n", Kind.PLACES, "UTF-8"),
        (b"Densham\n" + b"word " * 40 + b"\n", Kind.PLACES, "line 2 is too long"),
        (b"Densham\nQuay\x00stone\n", Kind.PLACES, "line 2"),
        (b'Densham\n"Quay\n', Kind.PLACES, "line"),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_nothing_is_kept(
    tmp_path: Path, content: bytes, kind: Kind | None, sentence: str
) -> None:
    file = tmp_path / "list.txt"
    file.write_bytes(content)
    with pytest.raises((files.EmptyList, files.NotAList, files.SayWhatKind)) as caught:
        shelf.add(tmp_path / "lists", file, kind)
    assert sentence in caught.value.sentence
    assert shelf.listing(tmp_path / "lists") == []


def test_a_list_can_be_replaced_and_removed(tmp_path: Path) -> None:
    file = tmp_path / "wards.txt"
    for name in ("Densham", "Quaystone"):
        file.write_text(name, encoding="utf-8")
        shelf.add(tmp_path / "lists", file, Kind.PLACES)
    assert words_found(shelf.load(tmp_path / "lists"), "in densham and in quaystone") == ["quaystone"]
    shelf.remove(tmp_path / "lists", "wards")
    assert shelf.listing(tmp_path / "lists") == []
    with pytest.raises(shelf.NoSuchGazetteer):
        shelf.remove(tmp_path / "lists", "../wards")


def test_a_zip_that_wants_a_password_is_refused(tmp_path: Path) -> None:
    file = open_names(tmp_path / "names.zip", ("Densham", "", "populatedPlace"))
    locked = bytearray(file.read_bytes())
    for sign, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        for at in (at for at in range(len(locked)) if locked.startswith(sign, at)):
            locked[at + flags] |= 1
    file.write_bytes(locked)
    with pytest.raises(files.NoSuchList):
        shelf.add(tmp_path / "lists", file)


def test_where_a_list_cannot_be_kept_that_is_said(tmp_path: Path) -> None:
    file = tmp_path / "wards.txt"
    file.write_text("Densham", encoding="utf-8")
    with pytest.raises(shelf.CannotKeep, match=r"not a directory|file exists"):
        shelf.add(file, file, Kind.PLACES)


def test_a_broken_list_stops_the_anonymiser_rather_than_being_left_out(tmp_path: Path) -> None:
    (tmp_path / "wards.tsv.gz").write_bytes(b"not a list")
    with pytest.raises(shelf.GazetteerBroken):
        shelf.load(tmp_path)
