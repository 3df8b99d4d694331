"""A page of ours in a browser: what it asks for, what it says on the console, how large its letters are.

The tests assert these figures, and ``benchmarks/bundle.py`` prints them.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PHONE, DESK = 390, 1920
"""Widths of a phone and of a desk, CSS px."""
_LETTERS = """
const found = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
  const text = walk.currentNode, of = text.parentElement;
  if (!text.data.trim() || of.closest("script,title,details:not([open])>:not(summary)")) continue;
  if (!of.getClientRects().length) continue;
  const scale = of.getScreenCTM ? of.getScreenCTM().a : 1;
  found.push([parseFloat(getComputedStyle(of).fontSize) * scale, text.data.trim()]);
}
return found.sort((a, b) => a[0] - b[0])[0];
"""
_WIDER = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
_AXE = (
    "const done = arguments[1]; axe.run(arguments[0]).then(r => done(r.violations.flatMap("
    "v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 200)))), e => done([String(e)]))"
)


def axe() -> str:
    """Return axe-core, which comes with a package for the tests only."""
    spec = find_spec("axe_selenium_python")
    if spec is None or spec.origin is None:
        return ""
    return min(Path(spec.origin).parent.rglob("axe.min.js")).read_text("utf-8")


@contextmanager
def screen(driver: Any, width: int) -> Iterator[None]:
    """Make the browser as wide as a phone or a desk; a window of it has a least width."""
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width <= PHONE}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        yield
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def visit(driver: Any, path: Path) -> None:
    """Open a page, and forget what was said of another."""
    driver.get("about:blank")
    driver.get_log("browser")
    driver.get_log("performance")
    driver.get(path.as_uri())


def console(driver: Any) -> list[str]:
    """Return what the page said on the console since it was opened."""
    return [str(entry["message"]) for entry in driver.get_log("browser")]


def requests(driver: Any) -> list[str]:
    """Return what the page asked a network for since it was opened."""
    messages = (json.loads(entry["message"])["message"] for entry in driver.get_log("performance"))
    asked = (
        message["params"]["request"]["url"]
        for message in messages
        if message["method"] == "Network.requestWillBeSent"
    )
    return [url for url in asked if not url.startswith(("file:", "data:", "about:", "blob:"))]


def smallest(driver: Any) -> tuple[float, str]:
    """Return the height of the smallest letters in any view, CSS px, and their words."""
    found = []
    for button in driver.find_elements("css selector", "button[data-v]"):
        button.click()
        found.append(driver.execute_script(_LETTERS))
    size, words = min(found)
    return round(size, 1), words


def wider(driver: Any) -> int:
    """Return by how many px a page is wider than its window."""
    return int(driver.execute_script(_WIDER))


def faults(driver: Any, *, whole: bool) -> list[str]:
    """Return what axe finds: in each view, light and dark, or in the first without contrast.

    Contrast takes seconds of each view; the colours of the style sheet have a test of their own.
    """
    driver.execute_cdp_cmd("Runtime.evaluate", {"expression": axe()})
    if not whole:
        quick = {"rules": {"color-contrast": {"enabled": False}}}
        return list(driver.execute_async_script(_AXE, quick))
    found: list[str] = []
    for scheme in ("light", "dark"):
        feature = {"name": "prefers-color-scheme", "value": scheme}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        for button in driver.find_elements("css selector", "button[data-v]"):
            button.click()
            found += driver.execute_async_script(_AXE, {})
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    return found


def printed(driver: Any) -> int:
    """Return on how many pages of A4 a page is printed."""
    paper = {"paperWidth": 8.27, "paperHeight": 11.69, "printBackground": False}
    content = base64.b64decode(driver.execute_cdp_cmd("Page.printToPDF", paper)["data"])
    return len(re.findall(rb"/Type\s*/Page\b", content))


def figures(driver: Any, path: Path, *, whole: bool = False) -> Mapping[str, Any]:
    """Open a page on a phone and on a desk, and return what was measured there.

    ``whole`` has axe look at every view in both schemes, which takes a minute of CPU.
    """
    found: dict[str, Any] = {"bytes": path.stat().st_size}
    for name, width in (("phone", PHONE), ("desk", DESK)):
        with screen(driver, width):
            visit(driver, path)
            found[f"smallest letters, {name}"] = smallest(driver)
            found[f"px wider than the {name}"] = wider(driver)
            found[f"axe, {name}"] = faults(driver, whole=whole) if axe() else None
            found[f"requests, {name}"] = requests(driver)
            found[f"console, {name}"] = console(driver)
    found["pages of A4"] = printed(driver)
    return found
