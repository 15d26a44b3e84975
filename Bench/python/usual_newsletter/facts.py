"""The numbers of docs/newsletter-numbers.md, with pandas. The history is read in slices with its words as categories, which
takes a third of the memory of reading it whole."""
import sqlite3

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

KIND = {"movie": "movie", "episode": "show", "track": "artist"}
WORDS = ["kind", "title", "parent_title", "name", "decision"]
PLAYS = """
    SELECT id, COALESCE(sitting, id) AS sitting, user_id, media_type AS kind, started, MAX(played_ms, 0) / 1000 AS seconds,
        title, parent_title, CASE media_type WHEN 'movie' THEN title ELSE grandparent_title END AS name,
        CASE media_type WHEN 'movie' THEN COALESCE(year, 0) ELSE 0 END AS year, COALESCE(item_index, 0) AS part,
        COALESCE(parent_index, 0) AS parent, decision
    FROM history_plays WHERE started < ? ORDER BY id
"""


def read(path, until, slice_of=200_000):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as base:
        people = pd.read_sql_query("SELECT id, plex_id, name, email FROM people WHERE access = 'member'", base)
        slices = []
        for slice in pd.read_sql_query(PLAYS, base, params=(until,), chunksize=slice_of):
            slice[WORDS] = slice[WORDS].astype("category")
            slices.append(slice.astype({"year": "int16", "part": "int32", "parent": "int32", "seconds": "int32"}))
    words = {word: union_categoricals([slice[word] for slice in slices]) for word in WORDS}
    plays = pd.concat([slice.drop(columns=WORDS) for slice in slices], ignore_index=True).assign(**words)
    plays["kind"] = plays["kind"].cat.rename_categories(KIND)
    return plays, people.set_index("plex_id")


class Facts:
    def __init__(self, plays, people, first, zone):
        """Of the week that begins with the local date `first`."""
        self.people, self.zone = people, zone
        midnight = pd.Timestamp(first, tz=zone)
        self.days = pd.date_range(midnight, periods=7, freq="D")
        self.starts, self.ends = midnight, midnight + pd.DateOffset(days=7)
        plays["title_id"] = plays.groupby(["kind", "name", "year"], observed=True, sort=False).ngroup().astype("int32")
        self.plays = plays
        self.titles = plays.drop_duplicates("title_id").set_index("title_id")[["kind", "name", "year"]].astype(
            {"name": str, "kind": str}).sort_values(["name", "year", "kind"])
        self.titles["order"] = range(len(self.titles))
        self.now = self.period(self.starts, self.ends)
        self.before = self.period(midnight - pd.DateOffset(days=7), self.starts)
        people_of = self.now.groupby("title_id")["user_id"].nunique().rename("people")
        self.top = self.counted(self.now, "title_id").join(people_of).join(self.titles)
        self.pairs = self.counted(self.now, ["user_id", "title_id"]).reset_index()
        self.pairs = self.pairs.join(self.titles, on="title_id").sort_values(
            ["seconds", "plays", "order"], ascending=[False, False, True])
        counts = self.counted(self.now, "user_id").join(
            self.counted(self.before, "user_id"), rsuffix="_before", how="outer")
        self.everybody = people.join(counts.fillna(0).astype(int)).fillna(0).reset_index(names="user_id")
        self.everybody = self.everybody.sort_values(["seconds", "plays", "user_id"], ascending=[False, False, True])
        self.users = self.everybody[self.everybody["user_id"].isin(self.now["user_id"])]
        self.rank = dict(zip(self.users["user_id"], self.users["seconds"].rank(method="min", ascending=False).astype(int)))

    def period(self, starts, ends):
        started = self.plays["started"]
        rows = self.plays[(started >= milliseconds(starts)) & (started < milliseconds(ends))]
        rows = rows.sort_values(["started", "id"])
        local = pd.to_datetime(rows["started"], unit="ms", utc=True).dt.tz_convert(self.zone)
        return rows.assign(
            play=(~rows["sitting"].duplicated()).astype(int), hour=local.dt.hour, weekday=local.dt.weekday,
            day=(local.dt.normalize().dt.tz_localize(None) - starts.tz_localize(None)).dt.days)

    @staticmethod
    def counted(rows, by):
        return rows.groupby(by).agg(plays=("play", "sum"), seconds=("seconds", "sum"))

    # What everybody is told.

    def issue(self):
        now, before = self.now, self.before
        by_plays = self.top.sort_values(
            ["plays", "seconds", "people", "order"], ascending=[False, False, False, True])
        by_time = self.top.sort_values(["seconds", "plays", "order"], ascending=[False, False, True])
        common = self.top[self.top["people"] > 1].sort_values(
            ["people", "seconds", "plays", "order"], ascending=[False, False, False, True])
        return {
            "totals": {
                "plays": (now["play"].sum(), before["play"].sum()),
                "seconds": (now["seconds"].sum(), before["seconds"].sum()),
                "people": (now["user_id"].nunique(), before["user_id"].nunique()),
                "titles": (now["title_id"].nunique(), before["title_id"].nunique())},
            "top": {kind: by_plays[by_plays["kind"] == kind].head(10) for kind in ("movie", "show", "artist")},
            "longest": by_time.head(10), "common": common.head(15),
            "shared": [(title, self.company(title.Index)) for title in common.head(10).itertuples()],
            "people": self.users.head(10),
            "by_day": now.groupby("day")["play"].sum().reindex(range(7), fill_value=0),
            "by_day_before": before.groupby("day")["play"].sum().reindex(range(7), fill_value=0),
            "hours": now[now["play"] == 1].groupby(["weekday", "hour"]).size().unstack(fill_value=0).reindex(
                index=range(7), columns=range(24), fill_value=0),
            "deliveries": now[now["play"] == 1]["decision"].astype(str).value_counts(),
            "race": self.race()}

    def company(self, title):
        """Who played it, the most time first."""
        who = self.pairs[self.pairs["title_id"] == title].sort_values(["seconds", "user_id"], ascending=[False, True])
        return [self.people.at[user, "name"] for user in who["user_id"]]

    def network(self, titles):
        """Who shares these titles: the sixteen people with the most time among them."""
        pairs = self.pairs[self.pairs["title_id"].isin(titles)]
        most = pairs.groupby("user_id")["seconds"].sum().nlargest(16).index
        pairs = pairs[pairs["user_id"].isin(most)].join(self.people["name"].rename("person"), on="user_id")
        return [(name, list(rows["person"])) for name, rows in pairs.groupby("name") if len(rows) > 1]

    def race(self):
        by_day = self.now.groupby(["user_id", "day"])["seconds"].sum().unstack(fill_value=0).reindex(
            columns=range(7), fill_value=0).cumsum(axis=1)
        by_day = by_day.loc[self.users["user_id"]]
        first = set().union(*(by_day[day][by_day[day] > 0].nlargest(5).index for day in by_day))
        return by_day[by_day.index.isin(first)].head(12)

    # What one person is told.

    def personal(self):
        favourites, progress = self.favourites(), self.progress()
        days = {column: rows.groupby(["user_id", "day"])["seconds"].sum().unstack(fill_value=0).reindex(
            columns=range(7), fill_value=0) for column, rows in (("now", self.now), ("before", self.before))}
        days = {column: by_day.reindex(self.everybody["user_id"], fill_value=0) for column, by_day in days.items()}
        by_hour = self.now[self.now["play"] == 1].groupby(["user_id", "hour"]).size().unstack(fill_value=0)
        busiest = pd.DataFrame({"hour": by_hour.idxmax(axis=1), "plays": by_hour.max(axis=1)})
        tops, none = dict(list(self.pairs.groupby("user_id"))), self.pairs.head(0)
        likes, streaks = self.likes(), self.streaks()
        for user in self.everybody.itertuples():
            key = user.user_id
            yield {
                "id": user.id, "name": user.name, "email": user.email, "plays": (user.plays, user.plays_before),
                "seconds": (user.seconds, user.seconds_before), "rank": self.rank.get(key), "of": len(self.users),
                "streak": streaks.get(key, (0, 0)), "hour": busiest.loc[key] if key in busiest.index else None,
                "top": tops.get(key, none).head(5), "favourites": favourites.get(key, []),
                "progress": progress.get(key, []), "suggestions": likes.get(key, []),
                "days": days["now"].loc[key].to_numpy(), "days_before": days["before"].loc[key].to_numpy()}

    def streaks(self):
        """Days in a row: the longest of the week, and the one that runs on its last day."""
        since = milliseconds(self.ends - pd.DateOffset(days=730))
        rows = self.plays.loc[self.plays["started"].between(since, milliseconds(self.ends) - 1), ["user_id", "started"]]
        local = pd.to_datetime(rows["started"], unit="ms", utc=True).dt.tz_convert(self.zone).dt.tz_localize(None)
        rows = rows.assign(day=(local.dt.normalize() - self.starts.tz_localize(None)).dt.days).drop_duplicates(
            ["user_id", "day"]).sort_values(["user_id", "day"])
        found = {}
        for user, days in rows.groupby("user_id")["day"]:
            days = days.to_numpy()
            run = np.split(days, np.flatnonzero(np.diff(days) != 1) + 1)
            longest = max((len(part[part >= 0]) for part in run), default=0)
            found[user] = (longest, len(run[-1]) if run[-1][-1] == 6 else 0)
        return found

    def favourites(self):
        first = self.plays.groupby(["user_id", "title_id"])["started"].min()
        new = self.pairs.join(first.rename("first"), on=["user_id", "title_id"])
        new = new[(new["first"] >= milliseconds(self.starts)) & ((new["kind"] == "movie") | (new["plays"] >= 2))]
        return {user: list(rows["name"].head(3)) for user, rows in new.groupby("user_id")}

    def progress(self):
        """Different episodes or tracks ever, of the five with the most time."""
        wanted = self.pairs[self.pairs["kind"] != "movie"].groupby("user_id").head(5)[["user_id", "title_id", "name"]]
        parts = self.plays.merge(wanted[["user_id", "title_id"]], on=["user_id", "title_id"])
        shows = parts[parts["kind"] == "show"].drop_duplicates(["user_id", "title_id", "parent", "part"])
        tracks = parts[parts["kind"] == "artist"].drop_duplicates(
            ["user_id", "title_id", "parent_title", "parent", "part", "title"])
        done = pd.concat([shows, tracks]).groupby(["user_id", "title_id"]).size().rename("done")
        wanted = wanted.join(done, on=["user_id", "title_id"])
        return {user: list(zip(rows["name"], rows["done"])) for user, rows in wanted.groupby("user_id")}

    def likes(self):
        """People of like taste, and what they played that this one never did."""
        known = self.plays[["user_id", "title_id"]].drop_duplicates()
        users, titles = np.sort(known["user_id"].unique()), len(self.titles)
        row = np.searchsorted(users, known["user_id"])
        played = np.zeros((len(users), titles))
        played[row, known["title_id"]] = 1
        weight = 1000 // np.maximum(1, played.sum(axis=0))
        common, count, load = (played * weight) @ played.T, played @ played.T, played @ weight
        near = common * 1_000_000 // np.maximum(1, load[:, None] + load - common)
        near[count < 2] = 0
        np.fill_diagonal(near, 0)
        now = np.zeros_like(played, dtype=bool)
        now[np.searchsorted(users, self.pairs["user_id"]), self.pairs["title_id"]] = True
        order = self.titles["order"].sort_index().to_numpy()
        names, found = self.titles["name"].sort_index().to_numpy(), {}
        for place, user in enumerate(users):
            closest = np.argsort(-near[place], kind="stable")[:5]
            closest = closest[near[place][closest] > 0]
            new = now[closest] & (played[place] == 0)
            score = near[place][closest] @ new
            some = np.flatnonzero(score)
            best = some[np.lexsort((order[some], -score[some]))][:5]
            found[user] = [(names[title], int(new[:, title].sum())) for title in best]
        return found


def milliseconds(moment):
    return moment.value // 1_000_000
