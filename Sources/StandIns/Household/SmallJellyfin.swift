// The household's Jellyfin, beside its Plex: some people have an account on both, one of them under another name, and one
// person only here. Ids and tokens are invented.

package import Runtime

extension HouseholdWorld {
    package struct JellyfinAccount: Sendable {
        /// As Jellyfin writes it: 32 hexadecimal digits.
        package var id: String
        package var name: String
        package var password: String
        package var isAdministrator = false
        package var isDisabled = false
        package var isHidden = false
        package var lastActivity: Instant?
    }

    package enum JellyfinPeople {
        /// The administrator; the owner of the Plex server too.
        package static let robin = "8d2c4f6a1b3e4d5f90a1b2c3d4e5f601"
        /// Called as on Plex.
        package static let ann = "8d2c4f6a1b3e4d5f90a1b2c3d4e5f602"
        /// Bo of Plex, under another name.
        package static let tanner = "8d2c4f6a1b3e4d5f90a1b2c3d4e5f603"
        /// Has no Plex account.
        package static let ines = "8d2c4f6a1b3e4d5f90a1b2c3d4e5f604"
        /// Has none either, and may not sign in any more.
        package static let kit = "8d2c4f6a1b3e4d5f90a1b2c3d4e5f605"
    }

    static func smallJellyfin(now: Instant) -> [JellyfinAccount] {
        func account(
            _ id: String, _ name: String, days: Int64?, change: (inout JellyfinAccount) -> Void = { _ in }
        ) -> JellyfinAccount {
            var account = JellyfinAccount(id: id, name: name, password: "\(name.lowercased())-jellyfin-password")
            account.lastActivity = days.map { now - .days($0) }
            change(&account)
            return account
        }
        return [
            account(JellyfinPeople.ann, "Ann", days: 1),
            account(JellyfinPeople.ines, "Ines", days: 3),
            account(JellyfinPeople.kit, "Kit", days: 400) { $0.isDisabled = true },
            account(JellyfinPeople.robin, "Robin", days: 0) { $0.isAdministrator = true },
            account(JellyfinPeople.tanner, "tanner", days: nil) { $0.isHidden = true },
        ]
    }

    package func jellyfinAccount(_ id: String) -> JellyfinAccount? { jellyfin.first { $0.id == id } }
}
