# SPDX-FileCopyrightText: 2026 Latchkey contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""vendorbrowser.py FOLDER ADDRESS: a real Chromium that signs in on the simulated vendor's page.

FOLDER/plan.json, which is waited for, says as whom, and whether to allow: {"user", "password", "answer": "allow" or
"deny"}.
Where the browser landed is written to FOLDER/landed-N.json: {"address", "title", "text"} or {"error"}."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from selenium import webdriver
from selenium.common.exceptions import SessionNotCreatedException, StaleElementReferenceException, WebDriverException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from waiting import wait_for

FLAGS = ("--headless=new", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--password-store=basic",
         "--window-size=1000,720",
         # Nothing leaves this computer, and an address elsewhere fails at once.
         "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost")
TRIES = 3  # the driver gives the browser a minute to start, which a machine that stalls may take


def has_sandbox():
    """Chromium can't fence itself off as root, nor where a container forbids what the fence is made of. Here it
    opens only pages of this computer."""
    if os.geteuid() == 0:
        return False
    return subprocess.run(["unshare", "--user", "true"], capture_output=True).returncode == 0


def chromium(profile):
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    if not has_sandbox():
        options.add_argument("--no-sandbox")
    for tries_left in reversed(range(TRIES)):
        try:
            return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
        except SessionNotCreatedException:
            if not tries_left:
                raise


def has_landed(browser, target):
    # Latchkey leads on to another page of its own, so that no code stays in the address bar.
    address, wanted = urlsplit(browser.current_url), urlsplit(target)
    if (address.scheme, address.netloc) != (wanted.scheme, wanted.netloc):
        return False
    if wanted.hostname not in ("127.0.0.1", "localhost"):
        return True
    is_loaded = browser.execute_script("return document.readyState") == "complete"
    return is_loaded and bool(browser.find_element(By.TAG_NAME, "body").text.strip())


def sign_in(browser, address, plan):
    target = parse_qs(urlsplit(address).query)["redirect_uri"][0]
    browser.get(address)
    # A page may go while it is looked at.
    waiting = WebDriverWait(browser, 240, poll_frequency=0.1, ignored_exceptions=[StaleElementReferenceException])
    user = waiting.until(lambda page: page.find_element(By.NAME, "user"))
    user.clear()
    user.send_keys(plan["user"])
    browser.find_element(By.NAME, "password").send_keys(plan["password"])
    try:
        browser.find_element(By.ID, plan["answer"]).click()
    except WebDriverException:
        # An address nobody answers at is where this sign-in is meant to end.
        if not browser.current_url.startswith(target):
            raise
    waiting.until(lambda page: has_landed(page, target))
    return {"address": browser.current_url, "title": browser.title,
            "text": browser.find_element(By.TAG_NAME, "body").text}


def write(folder, landed):
    number = len(list(folder.glob("landed-*.json"))) + 1
    whole = folder / f"landed-{number}.json"
    part = whole.with_suffix(".part")
    part.write_text(json.dumps(landed), encoding="utf-8")
    part.rename(whole)


def main(folder, address):
    file = folder / "plan.json"
    wait_for("a plan", file.exists)
    plan = json.loads(file.read_text(encoding="utf-8"))
    words = ""
    with tempfile.TemporaryDirectory(prefix="latchkey-browser-", ignore_cleanup_errors=True) as profile:
        try:
            browser = chromium(profile)
            try:
                landed = sign_in(browser, address, plan)
            finally:
                browser.save_screenshot(str(folder / "landed.png"))
                words = browser.find_element(By.TAG_NAME, "body").text
                browser.quit()
        except Exception as failed:  # told to the test, whatever it is
            landed = {"error": f"{type(failed).__name__} on the page: {words}"}
        write(folder, landed)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
