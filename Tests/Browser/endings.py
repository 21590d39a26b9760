"""Every ending as every reader of every kind of school comes to it, and what it measures."""

import functools

from alike import walks
from reporter.tree import Walk
from walking import FILE, SHOWN, TODAY, Checked

#: The role of who reads it, the outcomes, and what is in sight of each block.
Ending = tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]

#: What one ending measures when nothing in it is open. A box is whatever has a line or a colour
#: around it and cannot be pressed.
MEASURE = """(walks) => {
  const inputs = [...document.querySelectorAll('#tree input')];
  return walks.map((checked) => {
    inputs.forEach((i) => { i.checked = checked.includes(i.name + '=' + i.value); });
    const end = [...document.querySelectorAll('.end')].find((one) => one.offsetParent);
    const seen = [...end.querySelectorAll('*')].filter((one) => one.checkVisibility(
      { contentVisibilityAuto: true, opacityProperty: true }) && one.getClientRects().length);
    const top = end.getBoundingClientRect().top;
    const acts = seen.filter((one) => one.matches('a, button'));
    const boxes = seen.filter((one) => !one.matches('a, button')
      && parseFloat(getComputedStyle(one).borderInlineStartWidth) > 0);
    return {
      height: Math.round(end.getBoundingClientRect().height),
      words: end.innerText.split(/\\s+/).filter(Boolean).length,
      act: acts.length ? Math.round(acts[0].getBoundingClientRect().bottom - top) : null,
      name: acts.length ? acts[0].innerText.replace(/\\s+/g, ' ').trim() : '',
      boxes: boxes.length,
      telling: acts.some((one) => one.matches('.t *')),
    };
  });
}"""


def in_sight(walk: list[tuple[str, str]], came: Walk) -> Ending:
    """What decides how a closed ending looks: of places the first two of a block, for the first
    may not be reachable; of the rest whether there is any, but duties one by one."""
    parts = []
    for block in SHOWN:
        ids = [one for name, one in came.shown if name == block]
        few = {"first": 2, "place": 2, "duty": len(ids)}.get(block, 0)
        parts.append((block, *(ids[:few] if few else [str(bool(ids))])))
    return dict(walk).get("rol", ""), tuple(came.outcomes), tuple(parts)


@functools.cache
def all_endings() -> dict[Ending, Checked]:
    """The shortest walk to each of all that can be in sight at the end, over every answer of
    every question with one answer each."""
    found: dict[Ending, list[tuple[str, str]]] = {}
    for walk in walks():
        found.setdefault(in_sight(walk, FILE.walk(walk, TODAY)), walk)
    return {key: [f"{question}={answer}" for question, answer in walk] for key, walk in found.items()}
