"""What is said of a bundle's size."""

from pathlib import Path

from tests.support.scripts import load_script

sizes = load_script("installers.sizes")


def test_what_belongs_together_is_counted_together(tmp_path: Path) -> None:
    inside = tmp_path / "_internal"
    for name, size in {
        "cv2/cv2.abi3.so": 3000,
        "opencv_python_headless.libs/libavcodec.so": 1,
        "numpy/core.so": 1024,
        "numpy-2.4.6.dist-info/METADATA": 0,
        "libssl.so.3": 1025,
        "python3.11/lib-dynload/_ssl.so": 1,
    }.items():
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_bytes(bytes(size))
    (tmp_path / "viewfinder").write_bytes(b"program")
    assert sizes.holders(tmp_path) == {
        "OpenCV with FFmpeg": 4096,
        "numpy": 1024,
        "Python and system libraries": 3072,
        "the program with all Python modules": 1024,
    }
    assert sizes.size(tmp_path) == 9216


def test_the_table_has_a_line_for_what_is_large(tmp_path: Path) -> None:
    for name, size in {"numpy/core.so": 2_000_000, "yaml/_yaml.so": 1000, "tqdm/std.so": 99_000}.items():
        (tmp_path / "_internal" / name).parent.mkdir(parents=True)
        (tmp_path / "_internal" / name).write_bytes(bytes(size))
    assert sizes.table(tmp_path).splitlines() == [
        "    2.0 MB  numpy",
        "    0.1 MB  all others",
        "    2.1 MB  altogether",
    ]
