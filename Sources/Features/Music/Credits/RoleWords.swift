// What roles are called (sheet §5, rules 3 to 5): short words, and no generic one beside a specific one of its family.

enum RoleWords {
    static func shortened(_ role: String) -> String {
        switch role {
        case "drums (drum set)", "drum set", "drumset", "membranophone": "drums"
        case "lead vocals": "vocals"
        case "background vocals": "backing vocals"
        case "choir vocals": "choir"
        default: role
        }
    }

    static func withoutGenerics(_ roles: [String]) -> [String] {
        var kept = roles
        for empty in ["performer", "instruments"] where kept.count > 1 { kept.removeAll { $0 == empty } }
        return kept.filter { role in
            guard let isOfFamily = families[role] else { return true }
            return !kept.contains { $0 != role && isOfFamily($0) }
        }
    }

    private static let families: [String: @Sendable (String) -> Bool] = [
        "bass": { basses.contains($0) },
        "saxophone": { isSaxophone($0) },
        "guitar": { $0.hasSuffix(" guitar") && !basses.contains($0) },
        "keyboard": { keyboards.contains($0) },
        "woodwind": { isSaxophone($0) || reeds.contains($0) || flutes.contains($0) },
        "reeds": { isSaxophone($0) || reeds.contains($0) },
        "brass": { brass.contains($0) },
        "percussion": { percussion.contains($0) },
    ]

    private static func isSaxophone(_ role: String) -> Bool { role.hasSuffix(" saxophone") || role == "saxophone" }

    private static let basses: Set = [
        "double bass", "bass guitar", "electric bass guitar", "acoustic bass guitar", "fretless bass",
        "electric upright bass", "synth bass", "acoustic bass", "electric bass", "contrabass", "upright bass",
    ]
    private static let keyboards: Set = [
        "piano", "grand piano", "upright piano", "electric piano", "rhodes piano", "wurlitzer electric piano", "organ",
        "hammond organ", "pipe organ", "electric organ", "synthesizer", "harpsichord", "celesta", "clavinet",
        "mellotron",
        "toy piano", "melodica", "accordion", "harmonium", "electronic organ", "fender rhodes", "keytar",
        "prepared piano",
    ]
    private static let flutes: Set = [
        "flute", "alto flute", "bass flute", "piccolo", "recorder", "panpipes", "bamboo flute", "fife",
    ]
    private static let reeds: Set = [
        "clarinet", "bass clarinet", "alto clarinet", "contrabass clarinet", "oboe", "english horn", "bassoon",
        "contrabassoon", "basset horn",
    ]
    private static let brass: Set = [
        "trumpet", "cornet", "flugelhorn", "trombone", "bass trombone", "valve trombone", "tuba", "french horn",
        "sousaphone", "euphonium", "baritone horn", "bass trumpet", "pocket trumpet", "mellophone", "bugle", "horn",
        "piccolo trumpet", "alto horn", "tenor horn", "sackbut",
    ]
    // Not "drums": a drummer credited with percussion as well plays more than the drum set.
    private static let percussion: Set = [
        "bongos", "congas", "timbales", "tambourine", "maracas", "claves", "cowbell", "triangle", "timpani",
        "vibraphone", "marimba", "xylophone", "glockenspiel", "shaker", "güiro", "cabasa", "tabla", "bells", "gong",
        "castanets", "tubular bells", "cajón", "djembe", "cuíca", "pandeiro", "surdo", "berimbau", "agogô", "woodblock",
        "steelpan", "handclaps", "finger snaps", "wind chimes", "talking drum", "frame drum", "hand drum", "udu",
    ]
}
