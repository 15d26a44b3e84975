"""The demo as its visitors use it: the tour to its end, every button of the world, the mail, the journal, slash commands,
and speaking as somebody else. What is looked for has a name or a role; where it stands does not matter."""

from playwright.sync_api import TimeoutError, expect

from house import PICTURES, wait_for

# What a narrow window, or dark colours, may show differently from a wide light one. The rest of the tour is the same there.
MAIN = ["Ask who is watching", "Who is who", "The newsletter", "Read it", "Somebody new", "What comes next", "The dashboard"]


def entry(page):
    return page.get_by_role("combobox", name="Message")


def say(page, words):
    entry(page).fill(words)
    entry(page).press("Enter")


def now(visit):
    """The number that a message of this moment would have: the house has a clock of its own."""
    moment = visit.page.request.get(visit.home + "/chat/api/household").json()["now"]
    return int(moment - 1_420_070_400_000) << 22


# A message of the log, newer than a number, with all of the words; of a list of words, with one of them.
IS_SAID = """([since, words]) => [...document.querySelectorAll("[role=log] li[id]")].some(message =>
    BigInt(message.id.slice(1)) >= BigInt(since) && words.every(word => [word].flat().some(one => message.textContent.includes(one))))"""


def heard(visit, since, *words):
    """It is said in this room, by then or soon; the tracker and others may say something besides."""
    try:
        visit.page.wait_for_function(IS_SAID, arg=[str(since), list(words)], timeout=20_000)
    except TimeoutError as error:
        said = visit.page.get_by_role("log").locator("li[id]").all_inner_texts()[-3:]
        raise AssertionError(f"{words} was not said, but {said}") from error


def side(page):
    """Channels and people, which are folded away where there is little room."""
    menu = page.get_by_role("button", name="Channels and people")
    if menu.is_visible() and menu.get_attribute("aria-expanded") == "false":
        menu.click()


def go_to(page, channel):
    side(page)
    page.get_by_role("navigation", name="Channels").get_by_role("button", name=channel).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(channel)


def beside(page):
    """The tour and the world, which lie over the chat where there is little room."""
    opener = page.get_by_role("button", name="Tour and world")
    if opener.is_visible() and opener.get_attribute("aria-expanded") == "false":
        opener.click()


def fold(page):
    opener = page.get_by_role("button", name="Tour and world")
    if opener.is_visible() and opener.get_attribute("aria-expanded") == "true":
        page.get_by_role("complementary", name="Tour and world").get_by_role("button", name="Close").click()


# MARK: The tour

def answered(*words):
    """The answer is in the chat, and it is the one that was promised."""
    return lambda visit, since: heard(visit, since, *words)


def noted(*words):
    def check(visit, since):
        for word in words:
            expect(visit.page.locator("#tour-note")).to_contain_text(word)
    return check


def told_in(room, *words):
    """It is said in another room, which is one click away."""
    def check(visit, since):
        fold(visit.page)
        go_to(visit.page, room)
        heard(visit, since, *words)
        visit.look("in-" + room.lower())
    return check


def both(*checks):
    def check(visit, since):
        for one in checks:
            one(visit, since)
    return check


def welcomed(visit, since):
    """The letter of welcome lies in the mailbox."""
    noted("has accepted an invitation")(visit, since)
    name = visit.page.locator("#tour-note").inner_text().split()[0]
    expect_letter(visit, name)


def a_letter_to(address):
    return lambda visit, since: expect_letter(visit, address)


def expect_letter(visit, word):
    other = visit.context.new_page()
    other.goto(visit.home + "/mail")
    expect(other.locator("#letters a").filter(has_text=word.lower()).first).to_be_visible()
    other.close()


def in_the_mailbox(visit, since):
    page = visit.page
    expect(page.get_by_role("heading", name="Everybody’s mail")).to_be_visible()
    expect(page.locator("#letters a").filter(has_text="robin@mail.example").first).to_be_visible()
    mail_views(visit)


def on_the_phone(visit, since):
    expect(visit.page.locator("#notices li.urgent").first).to_be_visible()
    visit.look("phone")


def in_the_journal(visit, since):
    expect(visit.page.locator("#lines li").first).to_be_visible()


def dashboard_link(visit, since):
    """Seen by the asker alone; it works, once (see `enter`)."""
    expect(visit.page.get_by_role("log").locator("a[href*='/dashboard/enter/']").last).to_be_visible()


# By the heading of the step: what its text promises.
PROMISES = {
    # After weeks nobody may be watching any more.
    "Ask who is watching": answered(["streams", "Nothing is playing"]),
    "How much of an artist is here": answered("The Lantern Quintet", "%"),
    "Stars become playlists": noted("Robin gave", "star"),
    "Bring the playlists up to date": answered("playlist"),
    "Who is who": answered("is Robin on Plex"),
    "The newsletter": answered("Sent to you"),
    "Read it": in_the_mailbox,
    "Somebody new": welcomed,
    "Weeks go by": both(noted("27 days have passed"), a_letter_to("dora@mail.example"), told_in("admin", "Dora: warning for")),
    "Who would have to go": answered("Dora"),
    "The question": both(noted("7 days have passed"), told_in("admin", "Remove Dora?")),
    "Why Dora?": answered("Dora", "!plex prune why dora"),
    "Smart downloads": noted("Robin has watched", "in Jellyfin"),
    "Why was that?": answered("Le Phare d'Hiver", "Hidden gem"),
    "The tracker": noted("Robin has watched", "the tracker marks it"),
    "What comes next": answered("Meridian Hospital"),
    "A bad day": both(noted("Tautulli is down"), told_in("admin", "Tautulli")),
    "The dashboard": dashboard_link,
    "On the telephone": on_the_phone,
    "Look behind it": in_the_journal,
}


def tour(visit, only=None):
    """Every step by its button, to its end, with what it promises; some are skipped where `only` names the others."""
    page = visit.page
    place = page.locator("#tour-place")
    steps = page.locator("#tour-step")
    beside(page)
    expect(place).to_contain_text("Step 1 of")
    visit.look("tour")
    count = int(place.inner_text().split()[-1])
    for number in range(1, count + 1):
        beside(page)
        expect(place).to_contain_text(f"Step {number} of {count}")
        title = steps.get_by_role("heading").inner_text()
        if only is not None and title not in only:
            page.get_by_role("button", name="Skip", exact=True).click()
            continue
        since = now(visit)
        do = page.locator("#tour-do")
        if "done" not in (do.get_attribute("class") or ""):
            do.click()
        elsewhere = wait_for(page.locator("#tour-hint"), 1500) if title in ("Read it", "On the telephone", "Look behind it") else False
        if not elsewhere:
            # Four weeks take their time.
            patience = 120_000 if title in ("Weeks go by", "The question") else 45_000
            # The panel may lie folded away meanwhile.
            if not wait_for(page.locator("#tour-do.done"), patience, "attached"):
                said = [page.locator(one).inner_text() for one in ("#tour-note", "#trouble")]
                visit.wrong(f"“{title}” is never done: {said}")
                if PICTURES:
                    page.screenshot(path=f"{PICTURES}/stuck-{number}.png")
                beside(page)
                page.get_by_role("button", name="Skip", exact=True).click()
                continue
        if title in PROMISES:
            try:
                PROMISES[title](visit, since)
            except AssertionError as broken:
                # Told at the end with the others; the next steps promise something else.
                visit.wrong(f"“{title}” does not keep its promise: {str(broken).splitlines()[0:2]}")
        else:
            print(f"  (nothing is known here of what “{title}” promises)", flush=True)
        if elsewhere:
            page.get_by_role("link", name="Back to the tour").click()
            expect(page.locator("#tour-do.done")).to_have_count(1)
        if number == 1:
            # Where one was is remembered.
            page.reload()
            beside(page)
            expect(place).to_contain_text(f"Step {number} of")
        beside(page)
        # Done looks the same at every step.
        if number == 1:
            visit.look("tour-done")
        page.locator("#tour-do").click()
    expect(page.get_by_role("heading", name="That was all")).to_be_visible()
    visit.look("tour-end")


# MARK: The world

def press(page, name, said):
    """A button of the panel: what it says about it is told below the clock."""
    beside(page)
    page.locator(f"#press-{name}").click()
    expect(page.locator("#day-note")).to_contain_text(said, timeout=120_000)
    expect(page.locator(f"#press-{name}")).to_be_enabled()


SAID = {
    "day": "A day has passed", "week": "7 days have passed", "month": "27 days have passed",
    "film": "has watched", "episode": "has watched", "rate": "star", "new": "has accepted",
}


def service(page, name, deed, said):
    beside(page)
    page.locator("#choose-service-service").select_option(name)
    page.locator("#choose-service-deed").select_option(deed)
    press(page, "service", said)


def world(visit, every=True):
    page = visit.page
    beside(page)
    # What the tour has broken.
    service(page, "Tautulli", "up", "Tautulli is back")
    buttons = [one.get_attribute("id").removeprefix("press-") for one in page.locator("#controls button").all()]
    for name in buttons:
        # Four weeks have passed on the tour.
        if name in ("service", "month") or not every and name not in ("film", "rate", "day"):
            continue
        if name in SAID:
            press(page, name, SAID[name])
        else:
            print(f"  (nothing is known here of what “{name}” says)", flush=True)
            page.locator(f"#press-{name}").click()
            expect(page.locator(f"#press-{name}")).to_be_enabled(timeout=60_000)
    for name in ["Mail", "Radarr"] if every else ["Mail"]:
        service(page, name, "down", f"{name} is down")
        service(page, name, "up", f"{name} is back")
    visit.look("world")
    fold(page)


# MARK: The chat

def chat(visit):
    """Somebody asks for help, and lets a slash command be completed to its last value."""
    page = visit.page
    page.goto(visit.home + "/")
    expect(entry(page)).to_be_visible()
    visit.look("chat")
    since = now(visit)
    say(page, "!plex help")
    heard(visit, since, "newsletter")
    offers = page.get_by_role("listbox", name="Suggestions")
    entry(page).fill("/plex compl")
    expect(offers.get_by_role("option").first).to_contain_text("/plex completion")
    visit.look("chat-commands")
    # Taken with the keyboard: the command, its option, then what the bot itself suggests for it.
    entry(page).press("Tab")
    expect(entry(page)).to_have_value("/plex completion ")
    option = offers.get_by_role("option", name="artist")
    expect(option).to_be_visible()
    entry(page).press_sequentially("artist:lant")
    suggestion = offers.get_by_role("option", name="The Lantern Quintet")
    expect(suggestion).to_be_visible()
    visit.look("chat-values")
    entry(page).press("ArrowDown")
    entry(page).press("ArrowUp")
    entry(page).press("Tab")
    expect(entry(page)).to_have_value("/plex completion artist:The Lantern Quintet ")
    since = now(visit)
    entry(page).press("Enter")
    heard(visit, since, "The Lantern Quintet")


def become(page, name):
    """Chosen at the lower left; the address says whom the page speaks as by then."""
    side(page)
    viewer = page.get_by_label("You are")
    viewer.select_option(viewer.locator("option").filter(has_text=name).first.get_attribute("value"))
    page.wait_for_function("name => location.hash.startsWith(`#as=${name}&`)", arg=name.lower())


def as_another(visit):
    """Ann is no admin: she is answered, and what is not for her is refused; then the owner again."""
    page = visit.page
    become(page, "Ann")
    go_to(page, "media")
    since = now(visit)
    say(page, "!plex jobs run backup")
    heard(visit, since, "for admins only")
    say(page, "!plex ping")
    heard(visit, since, "Pong")
    visit.look("chat-ann")
    become(page, "Robin")
    go_to(page, "media")


# MARK: Mail and journal

def mail_views(visit):
    """The newest letter in its three views: as it is read, as plain text, as it went over the wire."""
    page = visit.page
    page.locator("#letters a").first.click()
    letter = page.frame_locator("iframe")
    expect(letter.locator("body")).not_to_be_empty()
    views = page.get_by_role("navigation", name="How to see it")
    visit.look("mail-letter")
    views.get_by_role("link", name="Plain text", exact=True).click()
    expect(page.locator("pre")).not_to_contain_text("<html")
    visit.look("mail-text")
    views.get_by_role("link", name="Source", exact=True).click()
    expect(page.locator("pre")).to_contain_text("MIME-Version: 1.0")
    expect(page.locator("pre")).to_contain_text("multipart/")
    visit.look("mail-source")
    views.get_by_role("link", name="Letter", exact=True).click()
    expect(letter.locator("body")).not_to_be_empty()


def mail(visit):
    visit.page.goto(visit.home + "/mail")
    expect(visit.page.locator("#letters a").first).to_be_visible()
    visit.look("mail")
    mail_views(visit)


def sign_in(visit):
    """Where a code of Jellyfin is typed, and where one signs in to Plex."""
    for address in ["/quick-connect", "/plex-sign-in"]:
        visit.page.goto(visit.home + address)
        visit.look(address[1:])


def journal(visit):
    page = visit.page
    page.goto(visit.home + "/journal")
    expect(page.locator("#lines li").first).to_be_visible()
    visit.look("journal")
    page.get_by_label("Service").select_option("Tautulli")
    expect(page.locator("#lines b").filter(has_text="Discord")).to_have_count(0)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    visit.look("journal-one")


def look_around(visit, is_first):
    """The first window has the demo to itself and does everything; the others do what may look different there."""
    chat(visit)
    tour(visit, None if is_first else MAIN)
    visit.page.goto(visit.home + "/")
    world(visit, every=is_first)
    as_another(visit)
    mail(visit)
    sign_in(visit)
    journal(visit)
