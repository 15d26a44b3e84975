// The pictures of an issue that everybody gets, drawn once. Who gets which is the letter's business.

internal import Newsletter
package import Pictures

package struct IssuePictures: Sendable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case activity, people, race, titles, network, hours, deliveries, growth
    }

    package internal(set) var charts: [Kind: Pictures.Picture] = [:]
    /// By name (`PosterOrder.name`).
    package internal(set) var posters: [String: Pictures.Picture] = [:]
    package internal(set) var notes: [LetterNote] = []

    package init() {}
}

/// One person's own.
package struct PersonalPictures: Sendable {
    package internal(set) var week: Pictures.Picture?
    package internal(set) var posters: [String: Pictures.Picture] = [:]
    package internal(set) var notes: [LetterNote] = []

    package init() {}
}
