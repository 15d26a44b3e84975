// Hooks as they really come, from which the fuzz begins and which the tests change a field of at a time. Shapes as the
// programs' sources have them, names and numbers invented.

package enum HookSamples {
    package static let jellyfin = """
        {"ServerId":"9c0ffee1d2e34f5a8b6c7d8e9f0a1b2c","ServerName":"Home","ServerVersion":"10.11.5","ServerUrl":"",
        "NotificationType":"PlaybackStop","Timestamp":"2026-01-01T13:59:00.1234567+02:00",
        "UtcTimestamp":"2026-01-01T11:59:00.1234567Z","Name":"Salt Road","Overview":"","Tagline":"",
        "ItemId":"f11a5e00000000000000000000000102","ItemType":"Movie","RunTimeTicks":78600000000,"RunTime":"02:11:00",
        "Year":2023,"PremiereDate":"2023-02-03","Genres":"Drama","AspectRatio":"2.35:1","Provider_tmdb":"990102",
        "Provider_imdb":"tt9910102","Video_0_FrameRate":23.976025,"Audio_0_Default":true,"Subtitle_0_Language":null,
        "PlaybackPositionTicks":76242000000,"PlaybackPosition":"02:07:04",
        "MediaSourceId":"f11a5e00000000000000000000000102","IsPaused":false,"IsAutomated":false,"DeviceId":"x",
        "DeviceName":"Living room","ClientName":"Infuse","Client":"Infuse","PlayedToCompletion":true,"Id":"s",
        "RemoteEndPoint":"192.0.2.20","NotificationUsername":"Robin","UserId":"8d2c4f6a1b3e4d5f90a1b2c3d4e5f601"}
        """

    package static let nested = """
        {"Event":"playback.stop","UserId":"8D2C4F6A-1B3E-4D5F-90A1-B2C3D4E5F601",
        "User":{"Name":"Robin","Id":"8D2C4F6A-1B3E-4D5F-90A1-B2C3D4E5F601"},
        "Item":{"Name":"Salt Road","Id":"f11a5e00000000000000000000000102","Type":"Movie","RunTimeTicks":"78600000000",
        "ProductionYear":2023,"ProviderIds":{"Imdb":"tt9910102","Tmdb":"990102"}},
        "PlaybackInfo":{"PositionTicks":76242000000,"PlayedToCompletion":"True"},
        "Session":{"RemoteEndPoint":"192.0.2.20","Client":"Infuse","DeviceName":"Living room"}}
        """

    package static let plex = """
        {"event":"media.scrobble","user":true,"owner":true,"Account":{"id":1,"title":"robin"},
        "Server":{"title":"Household","uuid":"4e6f"},"Player":{"local":true,"title":"Chrome","uuid":"x"},
        "Metadata":{"librarySectionType":"movie","ratingKey":"102","guid":"plex://movie/5d7700000000000000000066",
        "type":"movie","title":"Salt Road","year":2023,"duration":7860000,"viewOffset":7105000,
        "Guid":[{"id":"imdb://tt9910102"},{"id":"tmdb://990102"}]}}
        """

    package static let tautulli = """
        {"action":"stop","user":"robin","user_id":"4100001","media_type":"movie","title":"Salt Road","year":"2023",
        "imdb_id":"tt9910102","tmdb_id":"990102","rating_key":"102","duration":"131","duration_ms":"{duration_ms}",
        "progress_percent":"97","unixtime":"1767268740","player":"Chrome","platform":"Chrome"}
        """

    package static let radarr = """
        {"movie":{"id":82,"title":"Salt Road","year":2023,"folderPath":"/storage/media/movies/Salt Road (2023)",
        "tmdbId":990102,"imdbId":"tt9910102","genres":["Drama"],"tags":["hdd"]},
        "remoteMovie":{"tmdbId":990102,"imdbId":"tt9910102","title":"Salt Road","year":2023},
        "movieFile":{"id":9,"relativePath":"Salt Road.mkv","path":"/storage/media/movies/Salt Road (2023)/Salt Road.mkv",
        "size":12000000000,"sourcePath":"/data/downloads/x"},"isUpgrade":true,"downloadId":"ABC","eventType":"Download",
        "instanceName":"Radarr","applicationUrl":""}
        """

    /// An episode, by a new agent: the ids are its own.
    package static let plexEpisode = """
        {"event":"media.scrobble","user":true,"owner":true,"Account":{"id":1,"title":"robin"},
        "Server":{"title":"Household","uuid":"4e6f"},"Player":{"local":true,"title":"Chrome","uuid":"x"},
        "Metadata":{"librarySectionType":"show","ratingKey":"3101","parentRatingKey":"3011",
        "grandparentRatingKey":"3000","guid":"plex://episode/5d7700000000000000000c1d",
        "grandparentGuid":"plex://show/5d7700000000000000000bb8","type":"episode","title":"Salted Ledger",
        "grandparentTitle":"The Long Tide","parentTitle":"Season 1","index":5,"parentIndex":1,"year":2018,
        "originallyAvailableAt":"2018-04-30","duration":2700000,"lastViewedAt":1767268795,"viewCount":2,
        "Guid":[{"id":"imdb://tt96102065"},{"id":"tmdb://3102065"},{"id":"tvdb://8202065"}]}}
        """

    /// An old agent's, which has nothing but its guid.
    package static let plexOldEpisode = """
        {"event":"media.scrobble","user":false,"owner":true,"Account":{"id":4100002,"title":"ann"},
        "Server":{"title":"Household","uuid":"4e6f"},"Metadata":{"librarySectionType":"show","ratingKey":"3203",
        "grandparentRatingKey":"3200","guid":"com.plexapp.agents.thetvdb://391004/0/3?lang=en","type":"episode",
        "title":"The Hedge","grandparentTitle":"The Allotment (US)","index":3,"parentIndex":0}}
        """

    package static let tautulliEpisode = """
        {"action":"watched","user":"ann","user_id":"4100002","media_type":"episode","show_name":"The Long Tide",
        "show_year":"2018","season_num":"1","episode_num":"5","episode_name":"Salted Ledger","air_date":"2018-04-30",
        "tmdb_id":"91002","tvdb_id":"391002","imdb_id":"tt9510002","guid":"plex://episode/5d77","rating_key":"3105",
        "grandparent_rating_key":"3000","server_id":"4e6f","duration":"45","duration_ms":"{duration_ms}",
        "unixtime":"1767268740"}
        """

    package static let smallEpisode = """
        {"event":"watched","user":"ann","tmdb":91002,"tvdb":391002,"imdb":"tt9510002","title":"The Long Tide",
        "season":1,"episode":5}
        """

    package static let all = [
        jellyfin, nested, plex, tautulli, radarr, plexEpisode, plexOldEpisode, tautulliEpisode, smallEpisode,
    ]
}
