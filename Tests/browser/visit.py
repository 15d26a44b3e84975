"""Visits the demo as people would, and every page of the dashboard, in a real browser."""

import os
import re
import sys
import time

from playwright.sync_api import expect, sync_playwright

import demo
from house import Demo, Findings, Setup, Visit, wait_for

WAYS = [("light", 1280), ("dark", 1280), ("light", 375), ("dark", 375)]
# Whole, for setup is started in a folder of its own.
PROGRAM = os.path.abspath(sys.argv[1])


def enter(visit):
    """By the link that the bot gives; the demo's page shows what only the asker sees."""
    page = visit.page
    page.goto(visit.home + "/chat/")
    entry = page.get_by_role("combobox", name="Message")
    entry.fill("!plex dashboard")
    entry.press("Enter")
    link = page.locator("a[href*='/dashboard/enter/']").last
    if not wait_for(link, 5000):
        # It came as a direct message.
        page.goto(visit.home + "/dashboard/login")
        page.get_by_label("Password").fill("open-sesame-demo")
        page.get_by_role("button", name="Log in").click()
    else:
        page.goto(link.get_attribute("href"))
        visit.look("enter")
        page.get_by_role("button", name="Enter the dashboard").click()
    expect(page.get_by_role("heading", name="Overview")).to_be_visible()


def setup(visit, way):
    """Every page of the first run; wrong answers are told beside the question."""
    page = visit.page
    page.goto(way)
    visit.look("setup-door")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Discord")).to_be_visible()
    links = [one.get_attribute("href") for one in page.get_by_role("navigation").get_by_role("link").all()]
    page.goto(visit.home + "/setup/step/more")
    links += [one.get_attribute("href") for one in page.locator(".services a").all()]
    for link in links:
        page.goto(visit.home + link)
        visit.look("setup-" + link.split("/")[-1])
    page.goto(visit.home + "/setup/step/plex")
    page.get_by_label("Plex's address").fill("nonsense")
    page.get_by_role("button", name="Keep and test").click()
    expect(page.get_by_role("alert")).to_contain_text("must begin with")
    visit.look("setup-wrong")
    page.get_by_label("Plex's address").fill("http://127.0.0.1:1")
    page.get_by_role("button", name="Keep and test").click()
    expect(page.get_by_role("status")).to_contain_text("does not accept connections")
    visit.look("setup-tested")


def dashboard(visit, most=60):
    """Every page that another one leads to, one of each kind."""
    page = visit.page
    seen, waiting = set(), ["/dashboard"]
    while waiting and len(seen) < most:
        path = waiting.pop(0)
        # One person's page is like another's.
        kind = re.sub(r"\d+", "N", path.split("?")[0]) + ("?" if "?" in path else "")
        if kind in seen:
            continue
        seen.add(kind)
        page.goto(visit.home + path)
        expect(page.locator("h1")).to_be_visible()
        visit.look("dashboard" + (kind.removeprefix("/dashboard").replace("/", "-").replace("?", "-more") or ""))
        for link in page.locator("a[href]").all():
            address = link.get_attribute("href")
            if address.startswith("/dashboard") and not address.split("?")[0].endswith((".csv", ".json")) and "#" not in address:
                waiting.append(address)
    return seen


def deeds(visit):
    """What a form does is said, and what hurts is asked about."""
    page = visit.page
    page.goto(visit.home + "/dashboard/jobs")
    page.get_by_role("row", name="backup").get_by_role("button", name="Run now").click()
    expect(page.get_by_role("status").filter(has_text="backup is running")).to_be_visible()
    page.goto(visit.home + "/dashboard/approvals")
    never = page.get_by_role("button", name="Never")
    if wait_for(never.first, 10_000):
        never.first.click()
        expect(page.get_by_role("heading", name="Are you sure?")).to_be_visible()
        visit.look("sure")
        page.get_by_role("button", name="Yes, do it").click()
        expect(page.get_by_role("status").filter(has_text="Tigers")).to_be_visible()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Log in")).to_be_visible()
    visit.look("login")


def main():
    findings = Findings()
    # A letter is written, or a service looked at, on a machine that has other work too.
    expect.set_options(timeout=20_000)
    with Demo(PROGRAM) as house, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        kinds = set()
        for number, (scheme, width) in enumerate(WAYS):
            visit = Visit(browser, house.home, findings, scheme, width)
            begun = time.monotonic()
            demo.look_around(visit, is_first=number == 0)
            enter(visit)
            kinds |= dashboard(visit)
            if number == len(WAYS) - 1:
                deeds(visit)
            visit.context.close()
            print(f"{scheme}, {width} wide: looked at, {time.monotonic() - begun:.0f} s", flush=True)
        for scheme, width in WAYS:
            with Setup(PROGRAM) as new:
                visit = Visit(browser, new.home, findings, scheme, width)
                setup(visit, new.way)
                visit.context.close()
        browser.close()
        for line in house.errors:
            findings.add("log", line)
    for wanted in ["/dashboard/prune", "/dashboard/ledger", "/dashboard/settings/check", "/dashboard/people/N"]:
        if wanted not in kinds:
            findings.add("dashboard", f"no page leads to {wanted}")
    print(f"{findings.pages} pages, {len(kinds)} kinds of the dashboard, {len(findings.all)} findings")
    sys.exit(1 if findings.all else 0)


if __name__ == "__main__":
    main()
