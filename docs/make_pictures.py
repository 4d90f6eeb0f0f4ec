"""Write docs/pictures/ from the sample case: the desk's pages as Chromium shows them, small enough to be kept.

python docs/make_pictures.py demo/recognition.case
"""

from __future__ import annotations

import base64
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from dragoman.desk import Settings, create_app

CHROMIUM = Path("/usr/bin/chromium")
FOLDER = Path(__file__).with_name("pictures")
QUALITY = 72
MOST_BYTES = 600_000
"""Of all pictures together."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture of a page, from its top: where it is, how wide and high, and in which of the two colour schemes."""

    name: str
    address: str
    width: int = 1280
    height: int = 800
    scheme: str = "light"


SHOTS = (
    Shot("overview", "/"),
    Shot("timeline", "/timeline"),
    Shot("document", "/documents/2025-07-03-recognition"),
    Shot("ladder", "/ladder"),
    Shot("positions", "/positions"),
    Shot("map", "/map", scheme="dark"),
    Shot("review", "/review", scheme="dark"),
    Shot("phone-ladder", "/ladder", 390, 800),
    Shot("phone-document", "/documents/2025-07-03-recognition", 390, 800),
    Shot("phone-map", "/map", 390, 800, "dark"),
)


def main(case: Path) -> int:
    """Take all the pictures anew."""
    if not CHROMIUM.exists():
        sys.stderr.write(f"there is no Chromium at {CHROMIUM}; install it (apt-get install chromium)\n")
        return 1
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder, sync_playwright() as play:
        copy = Path(shutil.copy(case, folder))
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        with opened(copy) as home:
            for shot in SHOTS:
                (FOLDER / f"{shot.name}.webp").write_bytes(take(browser, home, shot))
        browser.close()
    size = sum(path.stat().st_size for path in FOLDER.iterdir())
    print(f"{len(SHOTS)} pictures, {size:,} bytes")  # noqa: T201
    return int(size > MOST_BYTES)


@contextmanager
def opened(case: Path) -> Iterator[str]:
    """The address of a desk on the case, with its token."""
    settings = Settings("Anna Weber")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(create_app(case, settings), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/?token={settings.token}"
        server.should_exit = True
        thread.join()


def take(browser: Browser, home: str, shot: Shot) -> bytes:
    """A page as WebP: a third of what a PNG of it takes."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.scheme == "dark" else "light",
    )
    page = context.new_page()
    page.goto(home)
    answer = page.goto(home.partition("/?")[0] + shot.address, wait_until="networkidle")
    if answer is None or not answer.ok:
        raise SystemExit(f"{shot.address} is no page of this case; make the sample case with `make demo`")
    asked = {"format": "webp", "quality": QUALITY}
    picture = context.new_cdp_session(page).send("Page.captureScreenshot", asked)["data"]
    context.close()
    return base64.b64decode(picture)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
