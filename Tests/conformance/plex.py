"""What a stock python-plexapi must be able to do at the stand-ins of Plex and plex.tv. Usage: plex.py"""

import datetime
import threading

import plexapi
import requests
from plexapi import exceptions
from plexapi.myplex import MyPlexAccount, MyPlexPinLogin
from plexapi.server import PlexServer

from judging import Services, check, judge, refused, until

ROBIN, ANN, BO, CHRIS, DORA, ELI, GUS, HANA = (4100000 + number for number in (1, 2, 3, 4, 5, 6, 8, 9))


class Detour(requests.Session):
    """Goes to the stand-in whenever plexapi means plex.tv."""

    def __init__(self, plextv):
        super().__init__()
        self.plextv = plextv

    def request(self, method, url, **options):
        for host in ("https://plex.tv", "https://clients.plex.tv"):
            if url.startswith(host + "/"):
                url = self.plextv + url[len(host):]
        assert url.startswith("http://127.0.0.1:"), url
        return super().request(method, url, **options)


class House(Services):
    def __init__(self):
        super().__init__("--services", "plex,plextv")
        self.plex, self.plextv = self.told["plex"], self.told["plextv"]
        self.session = Detour(self.plextv["url"])

    def server(self, who="robin"):
        return PlexServer(self.plex["url"], self.plex["tokens"][who])

    def account(self, who="robin"):
        return MyPlexAccount(token=self.plex["tokens"][who], session=self.session)

    def control(self, what, **query):
        requests.post(f"{self.plextv['url']}/standin/{what}", params=query).raise_for_status()


@check
def connects(house):
    """connects, and not with a wrong token"""
    server = house.server()
    assert server.machineIdentifier == house.plex["machine"] and server.friendlyName and server.version
    refused(exceptions.Unauthorized, PlexServer, house.plex["url"], "wrong")
    refused(exceptions.Unauthorized, PlexServer, house.plex["url"], house.plex["tokens"]["gus"])


@check
def sections(house):
    """lists the libraries each account may see"""
    names = [(section.key, section.type, section.title) for section in house.server().library.sections()]
    assert names == [(1, "movie", "Movies"), (2, "show", "TV Shows"), (3, "artist", "Music"), (4, "artist", "Vinyl")]
    assert [section.title for section in house.server("hana").library.sections()] == ["Vinyl"]


@check
def search(house):
    """finds artists by name, whatever the name"""
    music = house.server().library.section("Music")
    for name in ("RC/PC", "Tom \"Tin Ear\" Weaver", "Night Bus 🚌", "O'Malley's Engine", "100% Wool", "Océane Brûlé"):
        assert [artist.title for artist in music.search(title=name, libtype="artist")] == [name], name
    assert music.get("The Lantern Quintet").ratingKey == 3001
    assert "Juno" in [item.title for item in music.hubSearch("Junno")]
    assert {item.librarySectionID for item in house.server().search("Juno", mediatype="artist")} == {3, 4}


@check
def tracks(house):
    """walks from artists to albums and tracks"""
    artist = house.server().library.section("Music").get("The Lantern Quintet")
    albums = artist.albums()
    assert len(albums) == 4 and sum(len(album.tracks()) for album in albums) == len(artist.tracks()) == 18
    assert albums[0].guids[0].id.startswith("mbid://") and albums[3].guids == []
    compilation = house.server().fetchItem(3105)
    assert compilation.parentTitle == "Various Artists"
    assert compilation.tracks()[0].originalTitle == "Mira Solen"
    assert artist.track("Low Tide").media[0].parts[0].file.endswith("/01 - Low Tide.flac")


@check
def shows(house):
    """walks from shows to seasons and episodes, and lists movies"""
    show = house.server().library.section("TV Shows").get("Harbour Street")
    assert [len(season.episodes()) for season in show.seasons()] == [8, 8, 6] and len(show.episodes()) == 22
    movies = house.server().library.section("Movies")
    assert len(movies.all()) == movies.totalSize == 20
    assert len(movies.search(filters={"year>>": 2022})) == len([m for m in movies.all() if m.year > 2022])
    assert movies.search(genre="Thriller")[0].genres[0].tag == "Thriller"


@check
def rated(house):
    """filters tracks by stars, and sorts them"""
    music = house.server().library.section("Music")
    found = music.searchTracks(filters={"track.userRating>>": 7.9}, sort="userRating:desc")
    assert found and all(track.userRating >= 8 for track in found)
    assert [t.userRating for t in found] == sorted((t.userRating for t in found), reverse=True)
    assert len(found) < len([track for track in music.searchTracks() if track.userRating])
    old = music.searchAlbums(filters={"addedAt<<": "-300d"}, sort="addedAt")
    new = music.searchAlbums(filters={"addedAt>>": "-300d"})
    assert old and new and len(old) + len(new) == len(music.albums())


@check
def rates(house):
    """gives stars and takes them back, each account its own"""
    track = house.server().fetchItem(30001)
    track.rate(9)
    assert house.server().fetchItem(30001).userRating == 9 and house.server("ann").fetchItem(30001).userRating != 9
    track.rate(None)
    assert house.server().fetchItem(30001).userRating is None


@check
def playlists(house):
    """makes, fills, orders, thins out, renames and deletes a playlist"""
    server = house.server()
    tracks = server.library.section("Music").searchTracks()
    playlist = server.createPlaylist("My Top Rated", items=tracks[:3])
    assert [item.title for item in playlist.items()] == [track.title for track in tracks[:3]]
    playlist.addItems(tracks[3:5] + tracks[:1])
    assert len(playlist.reload().items()) == 5 == playlist.leafCount
    playlist.removeItems(tracks[1])
    items = playlist.reload().items()
    playlist.moveItem(items[3], after=items[0])
    playlist.moveItem(items[2])
    order = [item.ratingKey for item in playlist.reload().items()]
    assert order == [tracks[n].ratingKey for n in (3, 0, 4, 2)], order
    playlist.editTitle("Five stars & more")
    assert [p.title for p in server.playlists(playlistType="audio")] == ["Five stars & more"]
    refused(exceptions.NotFound, house.server("ann").fetchItem, playlist.key)
    assert house.server("ann").playlists() == []
    playlist.delete()
    assert server.playlists() == []


@check
def smart(house):
    """makes a smart playlist that computes its items"""
    server = house.server()
    music = server.library.section("Music")
    playlist = server.createPlaylist(
        "Stars", section=music, smart=True, libtype="track", filters={"track.userRating>>": 7.9})
    assert playlist.smart and len(playlist.items()) == len(music.searchTracks(filters={"track.userRating>>": 7.9}))
    answer = requests.delete(
        f"{house.plex['url']}{playlist.key}/items", headers={"X-Plex-Token": house.plex["token"]})
    assert answer.status_code == 400
    playlist.delete()


@check
def long(house):
    """is told when an address is too long"""
    server = house.server()
    tracks = server.library.section("Music").searchTracks()
    error = refused(exceptions.BadRequest, server.createPlaylist, "Too long", items=tracks * 8)
    assert "(414)" in str(error)


@check
def summaries(house):
    """edits an album's summary, with every character"""
    album = house.server().fetchItem(3102)
    text = "A & B = \"C\" < 100 %\nsecond line; é 🎷 + more"
    album.editSummary(text)
    album.reload()
    assert album.summary == text and [(f.name, f.locked) for f in album.fields] == [("summary", True)]
    assert house.server().fetchItem(3101).summary == ""
    album.editSummary("", locked=False)
    assert album.reload().summary == "" and album.fields == []


@check
def pictures(house):
    """shows covers, resized"""
    server = house.server()
    album = server.fetchItem(3101)
    picture = requests.get(server.transcodeImage(album.thumb, height=300, width=300))
    assert picture.headers["Content-Type"] == "image/jpeg" and picture.content[:2] == b"\xff\xd8"
    png = requests.get(server.transcodeImage(album.thumbUrl, height=90, width=90, imageFormat="png"))
    assert png.content[:4] == b"\x89PNG"


@check
def sessions(house):
    """sees what runs, hears of it, and ends it"""
    server = house.server()
    running = server.sessions()
    assert [session.usernames for session in running] == [["robin"], ["ann"], ["bo"], ["chris"], ["Fay"]]
    assert [s.player.state for s in running] == ["playing", "playing", "playing", "paused", "buffering"]
    assert running[0].session.location == "lan" and running[1].session.location == "wan"
    assert not running[0].transcodeSessions and running[2].transcodeSessions[0].videoDecision == "transcode"
    assert running[2].transcodeSessions[0].transcodeHwFullPipeline
    heard, stopped = [], threading.Event()

    def hear(news):
        heard.append(news)
        if news["type"] == "playing":
            stopped.set()

    listener = server.startAlertListener(hear)
    until(lambda: listener._ws and listener._ws.sock and listener._ws.sock.connected)
    running[4].stop("enough")
    assert stopped.wait(10), heard
    listener.stop()
    assert len(server.sessions()) == 4
    refused(exceptions.NotFound, running[4].stop, "again")
    assert {session._userId for session in server.sessions()} == {1, ANN, BO, CHRIS}
    refused(exceptions.BadRequest, house.server("ann").query, "/status/sessions/terminate?sessionId=x&reason=y")
    refused(exceptions.BadRequest, server.query, "/status/sessions/terminate?sessionId=&reason=y")


@check
def history(house):
    """reads the history by account, library and date"""
    server = house.server()
    everything = server.history()
    assert len(everything) > 1000 and all(row.viewedAt for row in everything[:50])
    accounts = {row.accountID for row in everything}
    assert 1 in accounts and ANN in accounts and ROBIN not in accounts and DORA not in accounts
    since = datetime.datetime.now() - datetime.timedelta(days=60)
    recent = server.history(mindate=since, accountID=1, librarySectionID=3)
    assert recent and all(row.viewedAt >= since.replace(microsecond=0) and row.accountID == 1 for row in recent)
    assert len(server.history(maxresults=5)) == 5
    # Everybody's since a moment, as the newest of each is found.
    everybody = server.history(mindate=since)
    newest = {row.accountID: row.viewedAt for row in reversed(everybody)}
    assert everybody == sorted(everybody, key=lambda row: row.viewedAt, reverse=True) and len(newest) > 3
    assert newest[1] == recent_of(server, 1) and newest[ANN] == recent_of(server, ANN)
    assert {row.accountID for row in house.server("ann").history()} == {ANN}
    names = {account.id: account.name for account in server.systemAccounts()}
    assert names[1] == "robin" and names[ANN] == "ann"


def recent_of(server, account):
    return server.history(accountID=account, maxresults=1)[0].viewedAt


@check
def account(house):
    """knows its account, its friends and the home"""
    account = house.account()
    assert account.id == ROBIN and account.username == "robin" and account.subscriptionActive
    users = {user.id: user for user in account.users()}
    assert ROBIN not in users and GUS not in users and len(users) == 7
    assert users[ELI].home and not users[ANN].home and users[ELI + 1].restricted == "1"
    assert users[ANN].servers[0].machineIdentifier == house.plex["machine"] and users[ANN].servers[0].allLibraries
    assert users[CHRIS].servers[0].numLibraries == 3
    assert [s.title for s in users[HANA].servers[0].sections() if s.shared] == ["Vinyl"]
    refused(exceptions.Unauthorized, MyPlexAccount, token="wrong", session=house.session)
    resource = account.resources()[0]
    assert resource.owned and resource.connections[0].uri == house.plex["url"]
    assert refused(exceptions.BadRequest, account.pendingInvites).args[0].startswith("(410)")


@check
def returns(house):
    """takes the server from a friend and gives it back, with rights and filters"""
    account, server = house.account(), house.server()
    chris = account.user("chris")
    assert not chris.allowSync and "contentRating=G%2CPG" in chris.filterMovies and account.user("bo").allowSync
    share = account.user("bo").servers[0]
    assert share.allLibraries and not share.pending
    account.updateFriend("bo", server, removeSections=True, sections=["Movies"])
    refused(exceptions.NotFound, account.updateFriend, share_of(account, "bo", share), server, sections=["Movies"])
    assert account.user("bo").servers == []
    # A friend is invited by number.
    account.updateFriend("bo", server, sections=["Music", "Vinyl"], allowSync=False)
    assert account.user("bo").servers[0].pending and not account.user("bo").allowSync
    refused(exceptions.Unauthorized, house.server, "bo")
    house.control("accept", person=BO)
    again = account.user("bo").servers[0]
    assert again.id != share.id and again.numLibraries == 2 and not again.allLibraries and not again.pending
    assert [s.title for s in house.server("bo").library.sections()] == ["Music", "Vinyl"]
    twice = refused(exceptions.BadRequest, account.inviteFriend, "bo", server, sections=["Movies"])
    assert "(400)" in str(twice) and "already sharing" in str(twice)
    refused(exceptions.BadRequest, account.inviteFriend, "newcomer@mail.example", server)
    account.inviteFriend(
        "newcomer@mail.example", server, sections=["Movies"], allowChannels=True,
        filterMovies={"contentRating": ["G", "PG"], "label": ["kids"]}, filterMusic={"label": ["quiet"]})
    refused(exceptions.NotFound, account.inviteFriend, "no such name", server, sections=["Movies"])


def share_of(account, name, share):
    """The friend as they were known before their share went."""
    user = account.user(name)
    user.servers = [share]
    return user


@check
def invites(house):
    """invites, changes and removes people"""
    account, server = house.account(), house.server()
    account.updateFriend("chris", server, sections=["Music"])
    assert account.user("chris").servers[0].numLibraries == 1
    assert [section.title for section in house.server("chris").library.sections()] == ["Music"]
    account.removeFriend("hana")
    assert HANA not in [user.id for user in account.users()]
    refused(exceptions.Unauthorized, house.server, "hana")
    account.inviteFriend("hana@mail.example", server, sections=["Vinyl"])
    assert HANA not in [user.id for user in account.users()]
    house.control("accept", person=HANA)
    assert account.user("hana").servers[0].numLibraries == 1 and house.server("hana").library.sections()
    account.updateFriend("dora", server, removeSections=True, sections=["Movies"])
    assert account.user("dora").servers == []
    refused(exceptions.Unauthorized, house.server, "dora")
    account.removeHomeUser("eli")
    assert ELI not in [user.id for user in account.users()]


@check
def pins(house):
    """signs in with a PIN that somebody approves"""
    for oauth in (False, True):
        login = MyPlexPinLogin(session=house.session, oauth=oauth)
        code = login.oauthUrl().split("code=")[1].split("&")[0] if oauth else login.pin
        assert len(code) > 20 if oauth else len(code) == 4
        assert not login.checkLogin()
        house.control("approve", code=code, person=ANN)
        assert login.checkLogin() and login.token == house.plex["tokens"]["ann"]
    stranger = MyPlexPinLogin(session=house.session, headers={"X-Plex-Client-Identifier": "another"})
    stranger._getCode()
    stranger._id = login._id
    refused(exceptions.BadRequest, stranger._checkLogin)


@check
def webhooks(house):
    """sets the account's webhooks, the whole list at once"""
    account = house.account()
    assert account.webhooks() == []
    account.addWebhook("http://127.0.0.1/hook/a?b=c")
    assert account.addWebhook("http://127.0.0.1/second") == ["http://127.0.0.1/hook/a?b=c", "http://127.0.0.1/second"]
    account.deleteWebhook("http://127.0.0.1/hook/a?b=c")
    assert account.webhooks() == ["http://127.0.0.1/second"]


if __name__ == "__main__":
    print(f"python-plexapi {plexapi.VERSION}:")
    judge(House())
