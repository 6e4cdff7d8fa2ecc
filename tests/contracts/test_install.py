"""The wheel and the source tree both find what ships with the app."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from coder_app.shipped import shipped

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, timeout=240)
    return next(folder.glob("coder_app-*.whl"))


def in_tree(name: str) -> set[str]:
    tracked = subprocess.run(["git", "ls-files", name], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(tracked.stdout.split())


def test_source_tree_finds_its_data() -> None:
    assert shipped("schemes") == ROOT / "schemes"
    assert shipped("sample_data") == ROOT / "sample_data"
    with pytest.raises(FileNotFoundError, match="Install the package again"):
        shipped("nowhere")


def test_wheel_carries_every_shipped_file(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = in_tree("schemes") | in_tree("sample_data")
    assert data, "nothing ships"
    assert {f"coder_app/_shipped/{name}" for name in data} <= names
    assert in_tree("coder_app") <= names


def test_wheel_finds_its_data(wheel: Path, tmp_path: Path) -> None:
    """Installed from the wheel alone, into an environment that borrows only the libraries of this one."""
    venv.create(tmp_path / "env", with_pip=False)
    site = next((tmp_path / "env").glob("**/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    code = (
        f"import sys; sys.path.append({libraries!r})\n"
        "from coder_app.shipped import shipped\n"
        "from coder_app.codebook import shipped as schemes\n"
        "assert shipped('schemes').is_relative_to(sys.prefix), shipped('schemes')\n"
        "print(sorted(schemes()), sorted(p.name for p in shipped('sample_data').iterdir() if p.is_dir()))"
    )
    python = next((tmp_path / "env").glob("bin/python")) if sys.platform != "win32" else tmp_path / "env/Scripts/python.exe"
    done = subprocess.run([str(python), "-c", code], capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "serve-and-return-quick" in done.stdout
    assert "c1-look" in done.stdout
