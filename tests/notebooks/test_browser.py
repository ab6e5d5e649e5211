"""The notebooks in JupyterLab in a real browser: run them, change something, see what people see change."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "artefacts" / "notebook"
PATIENCE = 180_000  # milliseconds; only a machine that hangs comes near it

QUIET_LAB = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}
QUIET_CHROMIUM = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
A_PICTURE_IS_SHOWN = (
    "() => [...document.querySelectorAll('img.widget-image')].some(i => i.offsetParent && i.naturalWidth > 100)"
)


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    """A fontconfig that knows the Chinese font of our own dependency, for a machine without one."""
    import pylopdf_fonts_zh_tw

    folder = Path(pylopdf_fonts_zh_tw.sans_path()).parent
    file = tmp_path / "fonts.conf"
    file.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{folder}</dir>'
        f"<cachedir>{tmp_path / 'font_cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return file


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """The address of a JupyterLab of our own, with copies of the notebooks."""
    shutil.copytree(ROOT / "notebooks", tmp_path / "notebooks")
    settings = tmp_path / "app" / "settings"
    shutil.copytree(
        Path(sys.prefix) / "share" / "jupyter" / "lab", tmp_path / "app", ignore=shutil.ignore_patterns("workspaces")
    )
    settings.mkdir(exist_ok=True)
    (settings / "overrides.json").write_text(json.dumps(QUIET_LAB), encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folders = {
        name: str(tmp_path / name)
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")
    }
    environment = {
        **os.environ,
        **folders,
        "JUPYTERLAB_SETTINGS_DIR": str(tmp_path / "user_settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(tmp_path / "workspaces"),
        "PYTHONPATH": str(ROOT),
    }
    options = [
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        f"--app-dir={tmp_path / 'app'}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={tmp_path / 'notebooks'}",
        "--IdentityProvider.token=",
    ]
    command = [sys.executable, "-m", "jupyterlab", *options]
    with (tmp_path / "lab.log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/api", server, tmp_path / "lab.log")
        yield f"{address}/lab/tree"
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"JupyterLab does not answer:\n{log.read_text(encoding='utf-8')[-2000:]}")


@contextlib.contextmanager
def run_in_browser(lab: str, notebook: str, chromium: str, fonts: Path) -> Iterator[Any]:
    """The page of a notebook whose cells have all been started; a picture is left where a test fails."""
    from playwright.sync_api import expect, sync_playwright

    PICTURES.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=QUIET_CHROMIUM, env=environment)
        page = browser.new_page(viewport={"width": 1600, "height": 1250}, locale="zh-TW")
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        try:
            page.goto(f"{lab}/{notebook}")
            page.locator(".jp-NotebookPanel").wait_for()
            page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
            page.keyboard.press("Control+b")  # the list of files is not needed
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_text("Run All Cells", exact=True).click()
            yield page
        except Exception:
            page.screenshot(path=PICTURES / "failed.png")
            raise
        finally:
            browser.close()


def test_a_moved_slider_changes_the_number(lab: str, chromium: str, fonts: Path) -> None:
    from playwright.sync_api import expect

    with run_in_browser(lab, "01_proposal.ipynb", chromium, fonts) as page:
        number = page.get_by_text("全廠節電量").locator("xpath=following-sibling::div[1]/span").first
        number.wait_for()
        page.get_by_text("完整計算：").first.wait_for()
        page.locator(".jp-OutputArea-child .widget-vbox").first.scroll_into_view_if_needed()
        before = number.inner_text()
        page.screenshot(path=PICTURES / "1_opened.png")

        hours = page.locator(".widget-hbox").filter(has_text="運轉時數").filter(has=page.locator(".noUi-handle")).last
        text = hours.locator("input[type=text]").first
        as_written = text.input_value()
        hours.locator(".noUi-handle").focus()
        for _ in range(4):
            page.keyboard.press("ArrowRight")
        expect(text).not_to_have_value(as_written)
        expect(number).not_to_have_text(before)
        page.get_by_text("完整計算：").first.wait_for()
        expect(number).not_to_have_text(before)
        page.screenshot(path=PICTURES / "2_slider_moved.png")

        page.get_by_role("tab", name="改善前後").click()
        page.wait_for_function(A_PICTURE_IS_SHOWN)
        page.screenshot(path=PICTURES / "3_before_after.png")
        page.get_by_role("tab", name="計算式").click()
        page.get_by_text("逐步計算").first.wait_for()
        page.screenshot(path=PICTURES / "4_formula.png")
        page.get_by_role("tab", name="不確定度來源").click()
        page.wait_for_function(A_PICTURE_IS_SHOWN)
        page.screenshot(path=PICTURES / "5_tornado.png")

        text.fill("4,300 kW")
        text.press("Enter")
        page.get_by_text("未採用「4,300 kW」").wait_for()
        page.screenshot(path=PICTURES / "6_refused.png")


def test_another_model_changes_the_verdict(lab: str, chromium: str, fonts: Path) -> None:
    from playwright.sync_api import expect

    with run_in_browser(lab, "02_verification.ipynb", chromium, fonts) as page:
        form = page.locator(".jp-OutputArea-child .widget-vbox").first
        verdict = form.get_by_text("已驗證", exact=True)
        verdict.wait_for()
        form.get_by_text("已寫出").wait_for()  # the last cell has run
        form.evaluate("element => element.scrollIntoView()")
        model, pictures = form.locator("select").nth(2), form.locator("select").nth(3)
        expect(pictures.locator("option:checked")).to_have_text("時間序列")  # one is shown before anything is chosen
        page.wait_for_function(A_PICTURE_IS_SHOWN)
        page.screenshot(path=PICTURES / "7_verification.png")

        pictures.select_option("模型散布圖")
        picture = form.locator("img.widget-image")
        form.get_by_role("button", name="English").click()
        expect(pictures.locator("option:checked")).to_have_text("Model scatter")  # the same one, in the other language
        form.get_by_role("button", name="中文").click()
        expect(pictures.locator("option:checked")).to_have_text("模型散布圖")
        page.wait_for_function(A_PICTURE_IS_SHOWN)
        before = picture.get_attribute("src")
        assert before
        page.screenshot(path=PICTURES / "8_scatter.png")

        model.select_option("mean")
        expect(verdict).to_be_hidden()  # without the weather, changes stay that nobody declares
        form.get_by_text("無法歸因於節能措施", exact=True).wait_for()
        expect(pictures.locator("option", has_text="模型散布圖")).to_have_count(0)
        expect(pictures.locator("option:checked")).to_have_text("時間序列")  # no driver, nothing to scatter
        expect(picture).not_to_have_attribute("src", before)
        page.wait_for_function(A_PICTURE_IS_SHOWN)
        page.screenshot(path=PICTURES / "9_without_weather.png")

        form.get_by_role("tab", name="試過的模型").click()
        form.get_by_text("樣本外 CV(RMSE)").wait_for()
        page.screenshot(path=PICTURES / "10_models_tried.png")
