from __future__ import annotations

from pathlib import Path

import pytest

from jupyterlab_prodify.verify.outside import places_outside

#: What the folder above the notebooks has for ``import``.
MODULES = ["work/pkg", "work/steps.py"]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name in (
        "work/notebooks/nb.ipynb",
        "work/data/raw.csv",
        "work/steps.py",
        "work/pkg/__init__.py",
        "other/x.csv",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


def found(home: Path, *sources: str, ceiling: Path | None = None) -> list[str]:
    project = home / "work" / "notebooks"
    places = places_outside(sources, project, project, ceiling or home)
    return [str(place.relative_to(home)) for place in places]


@pytest.mark.parametrize(
    ("source", "places"),
    [
        ("pd.read_csv('../data/raw.csv')", ["work/data/raw.csv"]),
        ('pd.read_csv(f"../data/{year}.csv")', ["work/data"]),
        ("glob('../data/*.csv')", ["work/data"]),
        ("Path('..') / 'data' / 'raw.csv'", ["work/data", *MODULES]),
        ("os.path.join('..', 'data', name)", ["work/data", *MODULES]),
        ("open('../../other/x.csv')", ["other/x.csv"]),
        ("open('../data/made.csv', 'w')", ["work/data"]),
        ("open('../nowhere/x.csv')", []),
        ("sys.path.insert(0, '..')", MODULES),
        ("open('data.csv')", []),
        ("print('...')", []),
        ("open('../../../../etc/passwd')", []),
    ],
)
def test_places(home: Path, source: str, places: list[str]) -> None:
    assert found(home, source) == places


def test_what_is_inside_another_place_is_named_once(home: Path) -> None:
    assert found(home, "'../data/raw.csv'", "'../data/'") == ["work/data"]


def test_nothing_above_the_ceiling(home: Path) -> None:
    assert found(home, "'../../other/x.csv', '../data/raw.csv'", ceiling=home / "work") == ["work/data/raw.csv"]
