"""What Qt is told of input methods."""

import pytest

from desktop.ui.plugins import input_method_at_hand


@pytest.mark.parametrize("name", ["fcitx", "fcitx5"])
def test_fcitx_is_reached_by_ibus(name: str) -> None:
    environ = {"QT_IM_MODULE": name}
    with input_method_at_hand(environ):
        assert environ == {"QT_IM_MODULE": name, "QT_IM_MODULES": f"{name};ibus"}
    assert environ == {"QT_IM_MODULE": name}


@pytest.mark.parametrize(
    "environ", [{}, {"QT_IM_MODULE": "ibus"}, {"QT_IM_MODULE": "fcitx", "QT_IM_MODULES": "wayland;fcitx"}]
)
def test_other_wishes_stand(environ: dict[str, str]) -> None:
    before = dict(environ)
    with input_method_at_hand(environ):
        assert environ == before
    assert environ == before
