// What the dashboard's pages are made of: plain values, so that a page says what there is to see and one place (Look/)
// says how it looks, whoever made it. Nothing in them is markup: a title from outside stays a title.

package import Domain

package enum Block: Hashable, Sendable {
    /// What a feature has to say, as Discord and the mail say it.
    case report(Report)
    case figures([Figure])
    case table(Table)
    case form(Form)
    /// A few words, and which of several views of a page is shown.
    case views([View])
    case words(Prose)
    /// Another page of ours inside this one: a letter as it was sent.
    case frame(title: String, path: String)
    /// A heading over what follows, with a name that links and the live line find again.
    case heading(String, id: String)

    package struct Figure: Hashable, Sendable {
        package var name: String
        package var value: String
        package var detail: Prose
        package var tone: Report.Tone

        package init(_ name: String, _ value: String, _ detail: Prose = "", tone: Report.Tone = .plain) {
            self.name = name
            self.value = value
            self.detail = detail
            self.tone = tone
        }
    }

    package struct View: Hashable, Sendable {
        package var name: String
        /// Within the dashboard.
        package var path: String
        package var isShown: Bool

        package init(_ name: String, path: String, isShown: Bool) {
            self.name = name
            self.path = path
            self.isShown = isShown
        }
    }
}

extension Block {
    package struct Table: Hashable, Sendable {
        package struct Column: Hashable, Sendable {
            package var name: String
            /// Numbers stand under each other.
            package var isNumber: Bool

            package init(_ name: String, number isNumber: Bool = false) {
                self.name = name
                self.isNumber = isNumber
            }
        }

        package struct Cell: Hashable, Sendable {
            package var prose: Prose
            /// Within the dashboard.
            package var path: String?
            package var tone: Report.Tone

            package init(_ prose: Prose, path: String? = nil, tone: Report.Tone = .plain) {
                self.prose = prose
                self.path = path
                self.tone = tone
            }
        }

        package struct Row: Hashable, Sendable {
            package var cells: [Cell]
            /// What can be done about it.
            package var forms: [Form]

            package init(_ cells: [Cell], forms: [Form] = []) {
                self.cells = cells
                self.forms = forms
            }
        }

        package var title: String
        package var columns: [Column]
        package var rows: [Row]
        /// What stands there instead of no rows.
        package var empty: Prose
        /// The next page, within the dashboard.
        package var more: String?

        package init(
            _ title: String, _ columns: [Column], rows: [Row], empty: Prose, more: String? = nil
        ) {
            self.title = title
            self.columns = columns
            self.rows = rows
            self.empty = empty
            self.more = more
        }
    }

    /// Something to fill in or to press. A form that `asks` only looks something up; all others change something, and go
    /// to a deed.
    package struct Form: Hashable, Sendable {
        package enum Field: Hashable, Sendable {
            case hidden(name: String, value: String)
            case text(name: String, label: String, value: String = "", hint: String = "")
            case choice(name: String, label: String, of: [Option], value: String = "")
            case file(name: String, label: String)
        }

        package struct Option: Hashable, Sendable {
            package var value: String
            package var label: String

            package init(_ value: String, _ label: String) {
                self.value = value
                self.label = label
            }
        }

        package struct Button: Hashable, Sendable {
            package var label: String
            /// Comes as the field `choice` where there are several.
            package var value: String
            package var weight: Card.Weight

            package init(_ label: String, value: String = "", weight: Card.Weight = .normal) {
                self.label = label
                self.value = value
                self.weight = weight
            }
        }

        /// Within the dashboard.
        package var path: String
        package var asks: Bool
        package var fields: [Field]
        package var buttons: [Button]

        package init(_ path: String, asks: Bool = false, _ fields: [Field] = [], buttons: [Button]) {
            self.path = path
            self.asks = asks
            self.fields = fields
            self.buttons = buttons
        }
    }
}
