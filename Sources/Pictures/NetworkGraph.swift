// Who shares what: people, and the titles two or more of them watched, as a net. Those who share much stand together.

package import Canvas

package struct NetworkGraph: Formatted, Hashable, Sendable {
    package struct Title: Hashable, Sendable {
        package var name: String
        /// Places in the graph's list of people.
        package var people: [Int]

        package init(_ name: String, people: [Int]) {
            self.name = name
            self.people = people
        }
    }

    package var title: String
    package var subtitle: String?
    package var people: [String]
    package var titles: [Title]
    package var format = Format.wide
    package var emptySentence = "No title was watched by two people in this time."

    package static let mostPeople = 12
    package static let mostTitles = 20
    private static let mostLinks = 56

    package init(title: String, subtitle: String? = nil, people: [String], titles: [Title]) {
        self.title = title
        self.subtitle = subtitle
        self.people = people
        self.titles = titles
    }

    package func picture(named name: String = "shared.png") throws(CanvasError) -> Picture {
        let sheet = Sheet(title: title, subtitle: subtitle, format: format)
        let net = SharedTitles(
            people: people, titles: titles, mostPeople: format.isNarrow ? 8 : Self.mostPeople,
            mostTitles: format.isNarrow ? 11 : Self.mostTitles, mostLinks: format.isNarrow ? 32 : Self.mostLinks)
        guard !net.titles.isEmpty else { return try sheet.empty(named: name, emptySentence) }
        let drawing = NetDrawing(net, format)
        let rest = net.rest
        let text = AlternativeText.write(title, subtitle, inWords(net) + (rest.map { [$0] } ?? []))
        return try sheet.picture(
            named: name, height: drawing.height + NetDrawing.legendHeight + (rest == nil ? 0 : 24),
            alternativeText: text
        ) { (canvas, inner) throws(CanvasError) in
            drawing.draw(on: canvas, in: inner)
            if let rest {
                let line = Rect(x: inner.x, y: inner.maxY - 16, width: inner.width, height: 16)
                canvas.draw(rest, Type.detail, in: line)
            }
        }
    }

    private func inWords(_ net: SharedTitles) -> [String] {
        net.titles.map { title in
            "\(title.name.prefix(80)): \(title.people.map { net.people[$0].prefix(40) }.joined(separator: ", "))"
        }
    }
}
