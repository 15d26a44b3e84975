// Blocks as data for the templates.

internal import Domain
internal import Runtime
internal import Templates

struct BlockData: Sendable {
    let prose: ProseData
    /// "/autoplex/dashboard"
    let home: String
    /// What forms of this session carry; empty where nobody is logged in.
    let formWord: String
    /// Where a form stands, so that its deed leads back there.
    let here: String
    let pictures: PictureShelf

    func data(_ blocks: [Block]) async -> TemplateValue {
        var list: [TemplateValue] = []
        for (number, block) in blocks.enumerated() {
            var data = await data(block)
            data["number"] = .whole(number)
            list.append(.object(data))
        }
        return .list(list)
    }

    private func data(_ block: Block) async -> [String: TemplateValue] {
        switch block {
        case .report(let report): ["report": await data(report)]
        case .figures(let figures): ["figures": .object(["list": .list(figures.map(data))])]
        case .table(let table): ["table": data(table)]
        case .form(let form): ["form": data(form)]
        case .views(let views):
            [
                "views": .object([
                    "list": .list(
                        views.map { view in
                            .object([
                                "name": .text(view.name), "address": .text(address(view.path)),
                                "isShown": .flag(view.isShown),
                            ])
                        })
                ])
            ]
        case .words(let words): ["words": .object(["prose": prose.data(words)])]
        case .frame(let title, let path):
            ["frame": .object(["title": .text(title), "address": .text(path)])]
        case .heading(let title, let id): ["heading": .object(["title": .text(title), "id": .text(id)])]
        }
    }

    private func data(_ report: Report) async -> TemplateValue {
        var picture = TemplateValue.absent
        if let shown = report.picture {
            let name = await pictures.keep(shown.bytes)
            picture = [
                "address": .text("\(home)/pictures/\(name)"), "alternative": .text(shown.alternative),
                "isSmall": .flag(shown.place == .thumbnail),
            ]
        }
        return [
            "title": prose.data(report.title), "hasTitle": .flag(!report.title.isEmpty),
            "tone": .text(report.tone.rawValue), "lines": .list(report.lines.map(line)),
            "fields": .list(
                report.fields.map { field in
                    [
                        "name": prose.data(field.name), "lines": .list(Self.lines(of: field.value).map(line)),
                        "isShort": .flag(field.isShort),
                    ]
                }),
            "hasFields": .flag(!report.fields.isEmpty),
            "footer": prose.data(report.footer), "picture": picture,
        ]
    }

    private func line(_ line: Prose) -> TemplateValue { ["prose": prose.data(line)] }

    /// Our own words may hold line ends.
    private static func lines(of prose: Prose) -> [Prose] {
        var lines = [Prose()]
        for part in prose.parts {
            guard case .words(let text) = part, text.contains("\n") else {
                lines[lines.count - 1].parts.append(part)
                continue
            }
            for (number, piece) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                if number > 0 { lines.append(Prose()) }
                if !piece.isEmpty { lines[lines.count - 1].parts.append(.words(String(piece))) }
            }
        }
        return lines
    }

    private func data(_ figure: Block.Figure) -> TemplateValue {
        [
            "name": .text(figure.name), "value": .text(figure.value), "detail": prose.data(figure.detail),
            "tone": .text(figure.tone.rawValue),
        ]
    }

    private func data(_ table: Block.Table) -> TemplateValue {
        let hasForms = table.rows.contains { !$0.forms.isEmpty }
        return [
            "title": .text(table.title), "hasRows": .flag(!table.rows.isEmpty), "hasForms": .flag(hasForms),
            "columns": .list(
                table.columns.map { ["name": .text($0.name), "isNumber": .flag($0.isNumber)] }),
            "rows": .list(
                table.rows.map { row in
                    [
                        "cells": .list(
                            row.cells.enumerated().map { number, cell in
                                data(cell, number < table.columns.count ? table.columns[number] : nil)
                            }),
                        "hasForms": .flag(hasForms), "forms": .list(row.forms.map(data)),
                    ]
                }),
            "empty": prose.data(table.empty), "more": .text(orAbsent: table.more.map(address)),
        ]
    }

    private func data(_ cell: Block.Table.Cell, _ column: Block.Table.Column?) -> TemplateValue {
        [
            "prose": prose.data(cell.prose), "hasWords": .flag(!cell.prose.plainText.isEmpty),
            "address": .text(orAbsent: cell.path.map(address)),
            "tone": .text(cell.tone.rawValue), "column": .text(column?.name ?? ""),
            "isNumber": .flag(column?.isNumber ?? false),
        ]
    }

    private func data(_ form: Block.Form) -> TemplateValue {
        [
            "address": .text(address(form.path)), "method": .text(form.asks ? "get" : "post"),
            "hasFile": .flag(form.fields.contains { if case .file = $0 { true } else { false } }),
            "word": form.asks ? .absent : .text(formWord), "here": form.asks ? .absent : .text(here),
            "fields": .list(form.fields.map(data)),
            "buttons": .list(
                form.buttons.map { button in
                    [
                        "label": .text(button.label), "value": .text(button.value),
                        "weight": .text(button.weight.rawValue),
                    ]
                }),
        ]
    }

    private func data(_ field: Block.Form.Field) -> TemplateValue {
        switch field {
        case .hidden(let name, let value): ["hidden": ["name": .text(name), "value": .text(value)]]
        case .text(let name, let label, let value, let hint):
            [
                "text": [
                    "name": .text(name), "label": .text(label), "value": .text(value), "hint": .text(hint),
                ]
            ]
        case .file(let name, let label): ["file": ["name": .text(name), "label": .text(label)]]
        case .choice(let name, let label, let options, let value):
            [
                "choice": [
                    "name": .text(name), "label": .text(label),
                    "options": .list(
                        options.map { option in
                            [
                                "value": .text(option.value), "label": .text(option.label),
                                "isChosen": .flag(option.value == value),
                            ]
                        }),
                ]
            ]
        }
    }

    private func address(_ path: String) -> String { path.isEmpty ? home : "\(home)/\(path)" }
}
