/// What the template shows. Its names are those of the stored properties, here and in the other files of this folder.
struct PageView {
  let title: PageText
  let facts: PageText
  let sections: [PageSection]
  let style: Markup
  let shapes: Markup
  let script: Markup
  let policy: PageText
}

/// A part of the page with a heading. One without blocks is left out.
struct PageSection {
  /// In addresses within the page.
  let id: PageText
  let heading: PageText
  let blocks: [PageBlock]

  init(_ id: PageText, _ heading: PageText, _ blocks: [PageBlock?]) {
    self.id = id
    self.heading = heading
    self.blocks = blocks.compactMap { $0 }
  }
}

/// One thing below the other in a section: one of the properties is not nil.
struct PageBlock {
  private(set) var lead: PageText?
  private(set) var paragraph: PageText?
  private(set) var warning: PageText?
  private(set) var subheading: PageText?
  private(set) var code: PageText?
  private(set) var cards: PageList<PageFact>?
  private(set) var facts: PageList<PageFact>?
  private(set) var figures: PageList<PageFigure>?
  private(set) var tables: PageList<PageTable>?
  private(set) var more: PageDetails?

  static func lead(_ text: PageText) -> PageBlock { PageBlock(lead: text) }
  static func paragraph(_ text: PageText) -> PageBlock { PageBlock(paragraph: text) }
  static func warning(_ text: PageText) -> PageBlock { PageBlock(warning: text) }
  static func subheading(_ text: PageText) -> PageBlock { PageBlock(subheading: text) }
  static func code(_ text: PageText) -> PageBlock { PageBlock(code: text) }

  /// Numbers to be seen at once.
  static func cards(_ facts: [PageFact]) -> PageBlock? {
    PageList(facts).map { PageBlock(cards: $0) }
  }

  static func facts(_ facts: [PageFact]) -> PageBlock? {
    PageList(facts).map { PageBlock(facts: $0) }
  }

  /// Side by side where there is room.
  static func figures(_ figures: [PageFigure]) -> PageBlock? {
    PageList(figures).map { PageBlock(figures: $0) }
  }

  /// Side by side where there is room. A table without rows is left out.
  static func tables(_ tables: [PageTable]) -> PageBlock? {
    PageList(tables.filter { !$0.rows.isEmpty }).map { PageBlock(tables: $0) }
  }

  /// Tables that are folded away until the reader asks for them.
  static func more(_ summary: PageText, _ tables: [PageTable]) -> PageBlock? {
    PageList(tables.filter { !$0.rows.isEmpty })
      .map { PageBlock(more: PageDetails(summary: summary, tables: $0)) }
  }
}

/// At least one item.
struct PageList<Item> {
  let items: [Item]

  init?(_ items: [Item]) {
    if items.isEmpty { return nil }
    self.items = items
  }
}

struct PageDetails {
  let summary: PageText
  let tables: PageList<PageTable>
}

/// A name and what it is.
struct PageFact {
  let name: PageText
  let value: PageText
  var note: PageText?
  /// All digits of `value`.
  var data: PageText?
}

/// A drawing with its caption.
struct PageFigure {
  let drawing: Markup
  let caption: PageText
  var note: PageText?
}
