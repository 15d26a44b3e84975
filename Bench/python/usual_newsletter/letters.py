"""The letters: a template of Jinja2 for HTML and one for text, the pictures inside, one file each into a spool."""
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape

import charts


class Letters:
    def __init__(self, facts, spool):
        self.spool = Path(spool)
        self.issue = facts.issue()
        self.poster = cache(charts.poster)
        names = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=select_autoescape(["html"]),
            trim_blocks=True)
        names.filters["span"] = charts.span
        names.filters["trend"] = trend
        names.globals["poster_id"] = lambda name: f"{name.replace(' ', '-')}@usual"
        self.html, self.text = names.get_template("letter.html"), names.get_template("letter.txt")
        self.period = f"{facts.days[0]:%d %B} to {facts.days[-1]:%d %B %Y}"
        self.pictures = self.drawn(facts)

    def drawn(self, facts):
        issue, people = self.issue, self.issue["people"]
        race, longest = issue["race"], issue["longest"]
        ways = {"direct play": "Direct play", "copy": "Direct stream", "transcode": "Transcode"}
        common = facts.network(issue["common"].index)
        return {
            "activity.png": charts.columns("Plays by day", issue["by_day"], issue["by_day_before"]),
            "people.png": charts.bars("Who watched most", people["name"], people["seconds"]),
            "titles.png": charts.bars("What was watched most", longest["name"], longest["seconds"]),
            "hours.png": charts.heat("When plays begin", issue["hours"]),
            "deliveries.png": charts.shares(
                "How plays reached you", [(ways[key], value) for key, value in issue["deliveries"].items()]),
            "network.png": charts.network("Who shares what", common),
            "race.gif": charts.race(
                "The race for the longest week", [facts.people.at[user, "name"] for user in race.index], race)}

    def write(self, person):
        sections = {"issue": self.issue, "you": person, "period": self.period}
        html = self.html.render(sections)
        letter = EmailMessage(policy=SMTP)
        letter["From"], letter["To"] = "Plex <plex@mail.example>", f"{person['name']} <{person['email']}>"
        letter["Subject"] = f"Your week: {charts.span(person['seconds'][0])}"
        letter["Message-ID"] = f"<week.{person['id']}@mail.example>"
        letter["List-Unsubscribe"] = f"<https://plex.example/u/{person['id']}>"
        letter["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        letter.set_content(self.text.render(sections))
        letter.add_alternative(html, subtype="html")
        related = letter.get_payload()[1]
        pictures = dict(self.pictures)
        if person["rank"]:
            pictures["week.png"] = charts.columns("Your week", person["days"], person["days_before"], 2.6, measure=3600)
        for name, picture in pictures.items():
            if f"cid:{name}@usual" in html:
                related.add_related(picture, "image", name.split(".")[1], cid=f"<{name}@usual>", filename=name)
        for name in self.shown(person):
            cid = f"{name.replace(' ', '-')}@usual"
            related.add_related(self.poster(name), "image", "jpeg", cid=f"<{cid}>", filename="poster.jpg")
        (self.spool / f"{person['id']}.eml").write_bytes(letter.as_bytes())

    def shown(self, person):
        """Whose posters the letter shows, each once."""
        issue = self.issue
        names = [name for kind in issue["top"].values() for name in kind["name"].head(5)]
        names += [title.name for title, _ in issue["shared"][:5]]
        return dict.fromkeys([*names, *person["top"]["name"], *(name for name, _ in person["suggestions"][:4])])


def trend(pair):
    now, before = pair
    return "new" if not before else f"{(now - before) / before:+.0%}"
