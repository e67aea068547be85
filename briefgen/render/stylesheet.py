"""A theme in, its tokens as custom properties of CSS out, to stand before the style sheet, which takes every look from them.

``fonts`` and ``sizes`` and the like give their properties a prefix (``--font-text``, ``--size-page``), colours have none
(``--ink``). Values need no escape: the theme's types let nothing else pass than colours, lengths, numbers and names of fonts.
"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from briefgen.model.theme import Colours, Theme, colours_of
from briefgen.render.context import LogoView, ThemeView

PERCENT = {"tint"}


def theme_view(theme: Theme) -> ThemeView:
    """What a template sees of a theme."""
    logo = theme.logo
    return ThemeView(properties(theme), LogoView(logo.file, logo.dark, logo.text) if logo.file else None)


def properties(theme: Theme) -> Markup:
    """The rules that set all custom properties, for screens of both schemes and for paper."""
    sheet = theme.print
    common = {
        **_prefixed("font", theme.fonts.model_dump()),
        **_prefixed("size", theme.sizes.model_dump()),
        **_prefixed("shape", theme.shape.model_dump()),
        "print-text": sheet.text,
        "logo-height": theme.logo.height,
    }
    light = _colours(theme.light)
    printed = {"paper": "#fff", "masthead-pad": "4mm" if theme.light.masthead else "0mm"}
    rules = (
        _rule(":root", common | light),
        f"@media screen and (prefers-color-scheme: dark) {{\n{_rule(':root', _colours(theme.dark))}\n}}",
        f"@media print {{\n{_rule(':root', printed)}\n}}",
        f"@page {{ size: {sheet.page}; margin: {sheet.margin}; font-family: {theme.fonts.text}; color: {light['soft']} }}",
    )
    return Markup("\n".join(rules))


def _colours(scheme: Colours) -> dict[str, object]:
    """The colours of a scheme; without one of its own, the band behind the title is not painted."""
    return {**colours_of(scheme), "masthead": scheme.masthead or "transparent"}


def _prefixed(prefix: str, tokens: Mapping[str, object]) -> dict[str, object]:
    return {f"{prefix}-{name}": f"{value}%" if name in PERCENT else value for name, value in tokens.items()}


def _rule(selector: str, tokens: Mapping[str, object]) -> str:
    return "\n".join([f"{selector} {{", *(f"--{name.replace('_', '-')}: {value};" for name, value in tokens.items()), "}"])
