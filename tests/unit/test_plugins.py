"""What Qt is told of screens and input methods."""

import pytest

from desktop.ui.plugins import input_method_at_hand, platform_at_hand


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


@pytest.mark.parametrize("name", ["wayland", "xcb", "eglfs:fb=/dev/fb0"])
def test_a_platform_that_does_not_work_is_followed_by_those_that_may(name: str) -> None:
    environ = {"QT_QPA_PLATFORM": name}
    with platform_at_hand(environ):
        assert environ == {"QT_QPA_PLATFORM": f"{name};wayland;xcb"}
    assert environ == {"QT_QPA_PLATFORM": name}


@pytest.mark.parametrize("environ", [{}, {"QT_QPA_PLATFORM": "xcb;offscreen"}])
def test_who_wants_no_platform_or_several_has_thought_of_it(environ: dict[str, str]) -> None:
    before = dict(environ)
    with platform_at_hand(environ):
        assert environ == before
    assert environ == before
