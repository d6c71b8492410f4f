"""Take the pictures of the README from the real site, in both languages.

    python -m docs.make_images [OUT]     needs Chromium; OUT defaults to docs/images

The site is started on a free port with the shipped tables alone, photographed and stopped.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

FOLDER = Path(__file__).resolve().parent / "images"
SIZE = {"width": 1440, "height": 900}
PATIENCE_SECONDS = 60


def free_port() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(address: str, site: subprocess.Popen) -> None:
    """Wait until the site answers."""
    end = monotonic() + PATIENCE_SECONDS
    while monotonic() < end:
        if site.poll() is not None:
            raise SystemExit(f"The site ended with code {site.returncode}.")
        try:
            with urlopen(address, timeout=5) as answer:  # noqa: S310 - our own loopback address
                if answer.status == 200:
                    return
        except OSError:
            sleep(0.2)
    raise SystemExit(f"{address} did not answer within {PATIENCE_SECONDS} s.")


def take(address: str, out: Path) -> list[Path]:
    """Photograph the first page in both languages."""
    from playwright.sync_api import sync_playwright

    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    out.mkdir(parents=True, exist_ok=True)
    taken = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for language in ("en", "zh"):
            page = browser.new_page(
                viewport=SIZE, color_scheme="light", locale={"en": "en-GB", "zh": "zh-CN"}[language]
            )
            answer = page.goto(f"{address}/{language}/")
            if answer is None or answer.status != 200:
                raise SystemExit(f"{address}/{language}/ gave {answer and answer.status}.")
            page.wait_for_load_state("networkidle")
            path = out / f"home-{language}.png"
            page.screenshot(path=path)
            taken.append(path)
        browser.close()
    return taken


def main(out: Path) -> None:
    """Start the site, take the pictures, stop the site."""
    port = free_port()
    with tempfile.TemporaryDirectory() as home:
        site = subprocess.Popen(
            [sys.executable, "-m", "learningcity", "serve", "--port", str(port), "--overlay", "none"],
            env={**os.environ, "LEARNINGCITY_HOME": home},
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/", site)
            for path in take(f"http://127.0.0.1:{port}", out):
                print(f"{path} ({path.stat().st_size // 1024} kB)")
        finally:
            site.terminate()
            site.wait(timeout=20)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
