"""The review notebook in JupyterLab in a real browser: a corrected figure changes the verdict at once."""

from pathlib import Path

from tests.notebooks.test_browser import PICTURES, fonts, lab, run_in_browser  # noqa: F401

CLAIM = """
id: uploaded-1
title: "螺旋式冰水主機汰換 <script>alert(1)</script>"
constructed: "yes"
power_before: 120 kW
power_after: 84 kW
hours: 4000 h/year
saving: 144000 kWh/year
saving_rate: 30 %
"""


def test_a_corrected_figure_changes_the_verdict(lab: str, chromium: str, fonts: Path, tmp_path: Path) -> None:  # noqa: F811
    from playwright.sync_api import expect

    with run_in_browser(lab, "03_review.ipynb", chromium, fonts) as page:
        form = page.locator(".jp-OutputArea-child .widget-vbox").first
        page.get_by_text("已寫出 out/review/review.xlsx").last.wait_for()  # the last cell has run
        form.evaluate("element => element.scrollIntoView()")
        verdict = form.locator(".badge .word")
        expect(verdict).to_have_text("不符")
        expect(form.locator(".findings .error .id b")).to_have_text("TN02")
        page.screenshot(path=PICTURES / "11_review.png")

        rate = form.get_by_placeholder("例：30.7 %")
        rate.fill("30.7 %")
        rate.press("Tab")
        expect(verdict).to_have_text("有疑義")
        expect(form.locator(".findings .error")).to_have_count(0)

        hours = form.get_by_placeholder("例：6,000 h/year")
        hours.fill("6,000 kW")
        hours.press("Tab")
        expect(form.locator(".findings")).to_contain_text("6,000 kW")
        page.screenshot(path=PICTURES / "12_review_left_out.png")
        hours.fill("9,600 h/year")
        hours.press("Tab")
        expect(verdict).to_have_text("不符")  # a year has no 9,600 hours
        expect(form.locator(".findings")).to_contain_text("TL01")

        form.get_by_role("button", name="English").click()
        expect(verdict).to_have_text("contradicted")
        page.screenshot(path=PICTURES / "13_review_english.png")
        form.get_by_role("button", name="中文").click()

        file = tmp_path / "claim.yaml"
        file.write_text(CLAIM, encoding="utf-8")
        with page.expect_file_chooser() as chooser:
            form.get_by_role("button", name="讀入檔案").click()
        chooser.value.set_files(file)
        expect(form.locator(".title")).to_contain_text("螺旋式冰水主機汰換 <script>")  # shown, not run
        expect(form.locator(".constructed")).to_have_text("虛構範例")
        expect(verdict).to_have_text("相符")
        page.screenshot(path=PICTURES / "14_review_uploaded.png")
