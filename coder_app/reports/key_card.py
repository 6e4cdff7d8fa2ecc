"""The key card: one A4 page, landscape, with every key of a coder's own map, to lay beside the keyboard."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from coder_app.errors import Invalid

SIZES_PT = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)  # the first at which everything is on one page

TEMPLATE = """
#let card = json(bytes(sys.inputs.card))
#let size = float(sys.inputs.size) * 1pt
#set document(title: "Key card", author: card.person)
#set page(paper: "a4", flipped: true, margin: (x: 11mm, y: 9mm), columns: 4)
#set columns(gutter: 6mm)
#set text(font: ("Source Sans 3", "DejaVu Sans", "Libertinus Serif"), size: size, lang: "en", hyphenate: false)
#set par(leading: 0.45em, spacing: 0.5em)
#let cap = text.with(weight: 600, size: 0.88em)
#let key(name) = box(stroke: 0.5pt + luma(90), radius: 1.5pt, inset: (x: 2.5pt, y: 0pt), outset: (y: 1.8pt), cap(name))
#place(top, scope: "parent", float: true, clearance: 5pt, [
  #text(size: 1.5em, weight: 700)[Keys of #card.person]
  #h(1fr) #text(size: 1.05em, fill: luma(70))[#card.title]
  #v(-0.2em) #line(length: 100%, stroke: 0.5pt + luma(120))
])
#for group in card.groups {
  block(above: 0.9em, below: 0.5em, sticky: true, text(weight: 700, size: 1.08em, group.name))
  for row in group.rows {
    block(above: 0.62em, below: 0.62em, breakable: false, grid(columns: (38%, 1fr), column-gutter: 0.6em, align: (right, left),
      {set par(leading: 0.75em); row.keys.map(key).join([ ])}, text(row.name)))
  }
}
"""


@dataclass(frozen=True)
class Group:
    """Rows of (keys as people write them, what they do)."""

    name: str
    rows: tuple[tuple[tuple[str, ...], str], ...]


def pdf(person: str, title: str, groups: Sequence[Group]) -> bytes:
    """The card of `person` as PDF, in the largest print at which it is one page. Raises Invalid if it never is."""
    import typst

    shown = [{"name": g.name, "rows": [{"keys": list(keys), "name": name} for keys, name in g.rows]} for g in groups]
    card = json.dumps({"person": person, "title": title, "groups": shown}, ensure_ascii=False)
    for size in SIZES_PT:
        compiler_inputs = {"card": card, "size": str(size)}
        if len(_pages(typst, compiler_inputs)) == 1:
            return bytes(typst.compile(TEMPLATE.encode(), format="pdf", sys_inputs=compiler_inputs))
    raise Invalid("So many keys do not fit on one page. Choose a pass with fewer codes.", code="too_many_keys")


def _pages(typst: object, inputs: dict[str, str]) -> list[bytes]:
    found = typst.compile(TEMPLATE.encode(), format="svg", sys_inputs=inputs)  # type: ignore[attr-defined]
    return list(found) if isinstance(found, list) else [found]
