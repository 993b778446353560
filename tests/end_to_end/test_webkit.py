"""The stop's page in a second engine: WebKitGTK, as Debian has it."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from selenium import webdriver
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver.remote.webdriver import WebDriver

pytestmark = [
    pytest.mark.asyncio(loop_scope="session"),
    # selenium's WebKitGTK driver calls selenium's own old names.
    pytest.mark.filterwarnings("ignore::DeprecationWarning:selenium"),
]
Visiting = Any  # conftest's functions: importlib mode gives their types no name

DRIVER = shutil.which("WebKitWebDriver")
BROWSERS = sorted(Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser"))
XVFB = shutil.which("Xvfb")
LONGEST_S = 60

OPEN = """
const done = arguments[arguments.length - 1];
window.problems = [];
for (const name of ["error", "warn"]) {
    console[name] = (...words) => window.problems.push(words.join(" "));
}
window.addEventListener("error", ({ message }) => window.problems.push(message));
window.addEventListener("unhandledrejection", ({ reason }) =>
    window.problems.push(String(reason)));
window.addEventListener("ecomusee:scene", ({ detail }) => {
    if (["refined", "failed"].includes(detail.state)) done(detail);
});
const open = () => {
    const button = document.querySelector(".ec-show-3d");
    if (button) button.click();
    else requestAnimationFrame(open);
};
open();
"""
CANVAS = """
const canvas = document.querySelector(".ec-canvas");
const { width, height } = canvas.getBoundingClientRect();
return [width, height, document.querySelector("#scene > picture img").offsetParent];
"""


@pytest.fixture
def webkit() -> Iterator[WebDriver]:
    """Return WebKitGTK's own small browser on a display that nobody sees."""
    if not (DRIVER and BROWSERS and XVFB):
        pytest.skip("WebKitGTK is missing: apt-get install webkit2gtk-driver xvfb")
    reading, writing = os.pipe()
    screen = [XVFB, "-displayfd", str(writing), "-screen", "0", "500x950x24"]
    display = subprocess.Popen(
        [*screen, "-nolisten", "tcp"], pass_fds=[writing], stderr=subprocess.DEVNULL
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    environment = os.environ | {
        "DISPLAY": f":{number}",
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",  # tests may run as root
    }
    options = Options()
    options.binary_location = str(BROWSERS[-1])
    options.add_argument("--automation")
    try:
        driver = webdriver.WebKitGTK(
            options=options, service=Service(DRIVER, env=environment)
        )
        driver.set_script_timeout(LONGEST_S)
        yield driver
        driver.quit()
    finally:
        display.terminate()
        display.wait()


async def test_page_and_inline_3d_work_in_webkit(
    webkit: WebDriver, serve: Visiting, demonstration: Visiting
) -> None:
    """The server answers in this loop, so the browser is driven from a thread."""
    address = await serve(demonstration) + "/fr/de-la-forge-a-la-ville/marteau/"

    told, seen, problems = await asyncio.to_thread(_opened, webkit, address)

    assert told["state"] == "refined"
    assert told["size_m"][1] == pytest.approx(21, rel=0.01)
    width, height, poster = seen
    assert width > 300
    assert height > 200
    assert poster is None
    assert problems == []


def _opened(driver: WebDriver, address: str) -> tuple[Any, Any, Any]:
    driver.get(address)
    assert driver.find_element("css selector", "h1").text == "Le marteau-pilon"
    told = driver.execute_async_script(OPEN)
    seen = driver.execute_script(CANVAS)
    folder = os.environ.get("ECOMUSEE_SHOTS")
    if folder:
        driver.save_screenshot(str(Path(folder) / "webkit.png"))
    return told, seen, driver.execute_script("return window.problems")
