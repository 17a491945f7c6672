"""The README's picture: the report of the demo in Chromium, as a person sees it.

    python -m bench.pictures docs/images/report.png

Traces the demo's articles afresh, so the picture shows what this version finds. Needs Chromium, as `tests/browser`
does; fonts are the system's.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

import sayso
from sayso import demo

SIZE = {"width": 1280, "height": 940}
ARTICLE = "vell-courier/2026-03-04-steered-from-sarrow.html"


def picture(out: Path) -> None:
    """Write the picture to `out`: an article of the demo with its chains, one of them unfolded."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        report = Path(folder, "report.html")
        articles = Path(str(demo.__file__)).with_name("articles")
        with sayso.trace(articles) as case:
            sayso.report(case, report)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, device_scale_factor=2, color_scheme="light")
        page.goto(report.as_uri())
        _arrange(page)
        page.screenshot(path=out)
        browser.close()


def _arrange(page: Page) -> None:
    """Bring the article to the top and unfold, in the margin, a statement that came through two hands."""
    article = page.locator("#texts > article", has=page.locator(".facts", has_text=ARTICLE))
    article.evaluate("article => article.scrollIntoView()")
    page.wait_for_timeout(300)  # the articles above take their true height only once they are near
    article.evaluate("article => article.scrollIntoView()")
    deep = article.locator(".note", has=page.locator(".relay"))
    if deep.count():
        deep.first.evaluate("note => { note.querySelector('details').open = true; }")
        page.wait_for_timeout(100)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    picture(target)
