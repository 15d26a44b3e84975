// Who did what. Kinds are told by type id, or by the exact name where the id is unknown, never by a part of the name:
// "instrument arranger" and "instrument technician" play nothing (sheet §4, Performer relation types).

package struct MusicBrainzRelation: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case performer, instrument, vocal, orchestra, conductor, chorusMaster, concertmaster
        /// Producers, engineers, composers and all the others.
        case other(String)
    }

    package var kind: Kind
    /// Relations point both ways; seen from a recording or release, its performers' point backward.
    package var isBackward: Bool
    /// Instruments or kinds of voice, with the words of `modifiers` among them.
    package var attributes: [String]
    /// How the sleeve names an instrument.
    package var printedAs: [String: String]
    package var artist: MusicBrainzArtist
    /// How the sleeve names the artist; empty where it does not differ.
    package var creditedAs: String

    package init(
        kind: Kind, isBackward: Bool = true, attributes: [String] = [], printedAs: [String: String] = [:],
        artist: MusicBrainzArtist, creditedAs: String = ""
    ) {
        self.kind = kind
        self.isBackward = isBackward
        self.attributes = attributes
        self.printedAs = printedAs
        self.artist = artist
        self.creditedAs = creditedAs
    }

    /// They stand among the instruments: `["guest", "guitar"]` is a guest on guitar.
    package static let modifiers: Set = ["additional", "guest", "solo", "minor"]
}

extension MusicBrainzRelation.Kind {
    init(typeID: String?, name: String) {
        self = typeID.flatMap { Self.byID[$0] } ?? Self.byName[name] ?? .other(name)
    }

    private static let byName: [String: Self] = [
        "performer": .performer, "instrument": .instrument, "vocal": .vocal, "performing orchestra": .orchestra,
        "conductor": .conductor, "chorus master": .chorusMaster, "concertmaster": .concertmaster,
    ]

    /// Of recordings first, of releases second.
    private static let byID: [String: Self] = [
        "628a9658-f54c-4142-b0c0-95f031b544da": .performer, "888a2320-52e4-4fe8-a8a0-7a4c8dfde167": .performer,
        "59054b12-01ac-43ee-a618-285fd397e461": .instrument, "67555849-61e5-455b-96e3-29733f0115f5": .instrument,
        "0fdbe3c6-7700-4a31-ae54-b53f06ae1cfa": .vocal, "eb10f8a0-0f4c-4dce-aa47-87bcb2bc42f3": .vocal,
        "3b6616c5-88ba-4341-b4ee-81ce1e6d7ebb": .orchestra, "23a2e2e7-81ca-4865-8d05-2243848a77bf": .orchestra,
        "234670ce-5f22-4fd0-921b-ef1662695c5d": .conductor, "9ae9e4d0-f26b-42fb-ab5c-1149a47cf83b": .conductor,
        "45115945-597e-4cb9-852f-4e6ba583fcc8": .chorusMaster, "b9129850-73ec-4af5-803c-1c12b97e25d2": .chorusMaster,
        "ffeaa74f-8295-45ee-a2f2-7c0cc1f73b1e": .concertmaster, "8a2b1c46-0fe5-42f7-9d72-f68604244c1d": .concertmaster,
    ]
}
