import Foundation
import Testing

@Suite("The page of dither study")
struct StudyPageTests {
  static let page = Result { try StudyPageReport().page() }

  @Test("Numbers on the page are the report's, with all digits")
  func digits() throws {
    let (report, page) = (try StudyPageReport(), try Self.page.get())
    let shown = ["data-value", "data-lower", "data-upper"].flatMap(page.values)
      .map(HTMLPage.normal)
    #expect(shown.count > 300)
    let known = Set(report.numbers("", without: []))
    let unknown = Set(shown).subtracting(known)
    #expect(unknown.isEmpty)
  }

  @Test("Every number of the report is on the page, but for pictures and what captions say")
  func completeness() throws {
    let (report, page) = (try StudyPageReport(), try Self.page.get())
    let shown = Set(
      ["data-value", "data-lower", "data-upper"].flatMap(page.values).map(HTMLPage.normal))
    let drawn: Set = [
      "noise", "entropyEdges", "rightRows", "wrongRows", "steps", "failureProbability",
    ]
    for part in ["models", "search.entries", "search.trials", "search.rounds", "provenance.seed"] {
      let numbers = report.numbers(part, without: part == "models" ? drawn.union(["rows"]) : drawn)
      #expect(!numbers.isEmpty, "\(part)")
      let missing = Set(numbers).subtracting(shown)
      #expect(missing.isEmpty, "\(part)")
    }
  }

  @Test("A reader sees a sensible number of digits, and the interval")
  func rounding() throws {
    let text = try Self.page.get().text
    for part in [
      "+17.2 points", "+14.9 to +19.3", #"data-value="18446744073709551615">18446744073709551615<"#,
      ">83.2 s<",
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test("Names are sorted by the numbers in them")
  func sorting() throws {
    var report = try StudyPageReport()
    let names = ["scale 0.05", "scale 9", "scale 10"]
    for (place, name) in names.enumerated() {
      report.set("models.\((place + 1) % 3).name", to: name)
    }
    let page = try report.page()
    let heads = page.all("th").filter { names.contains($0.content) }
    let sorted = heads.sorted { ($0.value("data-key") ?? "") < ($1.value("data-key") ?? "") }
    let places = sorted.compactMap { names.firstIndex(of: $0.content) }
    #expect(places.count > 5 && places == places.sorted())
  }

  @Test("The page has the command that trains such a network again")
  func again() throws {
    var report = try StudyPageReport()
    report.set("recommendation.run", to: "study/run")
    let code = try report.page().all("code").map(\.content)
    #expect(
      code.contains(
        "dither train --configuration study/run/configuration.json --output study/run-again"))
    #expect(code.contains { $0.contains("--noise &#39;input=") || $0.contains("--noise 'input=") })
  }

  @Test("Attacks are said to be on networks without noise, as they are")
  func attacks() throws {
    let text = try Self.page.get().text
    #expect(text.contains("attacked as they are used, without noise"))
    #expect(!text.contains("averaged"))
  }

  @Test("Nothing is loaded from outside, and the one script is allowed by its digest")
  func isolation() throws {
    let page = try Self.page.get()
    for word in ["http:", "https:", "src=\"/", "@import", "url(", "javascript:"] {
      #expect(!page.text.contains(word), "\(word)")
    }
    for source in page.values("src") { #expect(source.hasPrefix("data:image/png;base64,")) }
    let ids = page.values("id")
    #expect(Set(ids).count == ids.count)
    for address in page.values("href") {
      #expect(address.hasPrefix("#") && ids.contains(String(address.dropFirst())), "\(address)")
    }
    #expect(page.values("content").contains { $0.contains("default-src &#39;none&#39;") })
    let scripts = page.all("script")
    try #require(scripts.count == 1)
    let digest = Data(SHA256.digest(Array(scripts[0].content.utf8))).base64EncodedString()
    #expect(page.text.contains("sha256-\(digest)"), "the digest is \(digest)")
    for tag in page.tags {
      for attribute in tag.attributes { #expect(!attribute.name.hasPrefix("on")) }
    }
  }

  @Test(
    "Elements are closed in order, headings descend by one, tables and pictures say what they are")
  func accessibility() throws {
    let page = try Self.page.get()
    #expect(page.text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(page.imbalance == nil)
    var level = 0
    for heading in page.tags where !heading.isEnd && heading.name.contains(/^h[1-6]$/) {
      let next = try #require(Int(heading.name.dropFirst()))
      #expect(next <= level + 1)
      level = next
    }
    #expect(page.all("h1").count == 1)
    #expect(page.all("table").count == page.all("caption").count)
    for cell in page.all("th") { #expect(["col", "row"].contains(cell.value("scope") ?? "")) }
    for picture in page.all("img") { #expect(picture.value("alt")?.isEmpty == false) }
    let drawings = page.all("svg").filter { $0.value("aria-hidden") == nil }
    #expect(drawings.count > 8)
    for drawing in drawings { #expect(drawing.value("role") == "img") }
    let named = zip(page.tags, page.tags.dropFirst()).filter { tag, next in
      tag.name == "svg" && next.name == "title" && !next.content.isEmpty
    }
    #expect(named.count == drawings.count)
  }

  @Test("The sections come in their order, each with a link to it")
  func order() throws {
    let page = try Self.page.get()
    let ids = page.all("section").map { String($0.value("id") ?? "") }
    #expect(
      ids == [
        "recommendation", "curves", "front", "scales", "confusion", "examples", "corruptions",
        "certificates", "attacks", "calibration", "rejection", "propagation", "search",
        "provenance",
      ])
    #expect(page.all("a").compactMap { $0.value("href") }.dropFirst() == ids.map { "#\($0)" }[...])
  }

  @Test(
    "Texts of the data are escaped wherever they come from",
    arguments: ["", StudyPageReport.hostileText])
  func hostile(text: String) throws {
    let places = [
      "data.name", "data.network", "data.classNames.*", "data.normalization", "provenance.command",
      "provenance.operatingSystem", "provenance.begun", "recommendation.sentences.*",
      "recommendation.run", "recommendation.noise.rule", "models.*.name", "testNoises.*.name",
      "testNoises.*.axis", "models.1.gradientMasking.warnings", "models.*.attacks.*.name",
      "models.*.propagation.*.layers.*.layer", "models.*.propagation.*.place",
      "models.*.corruptions.names.*", "search.testNoise",
    ]
    var (plain, hostile) = (try StudyPageReport(), try StudyPageReport())
    for place in places {
      let list = place.hasSuffix("warnings")
      plain.set(place, to: list ? ["word"] : "word")
      hostile.set(place, to: list ? [text] : text)
    }
    let page = try hostile.page()
    #expect(page.imbalance == nil)
    // What is drawn in a chart depends on the length of names; the rest does not.
    func structure(_ page: HTMLPage) -> [String] {
      let drawn = ["text", "title", "desc", "path", "use", "/text", "/title", "/desc"]
      return page.structure.filter { tag in !drawn.contains { tag.hasPrefix($0) } }
    }
    #expect(try structure(page) == structure(plain.page()))
    #expect(
      !page.text.unicodeScalars.contains {
        "\u{202E}\u{2066}\u{1B}\u{7}".unicodeScalars.contains($0)
      })
    #expect(page.all("script").count == 1)
  }

  @Test("What a report does not have leaves no section, no link and no empty table")
  func missing() throws {
    let parts = [
      ("examples", "examples"), ("models.*.corruptions", "corruptions"),
      ("models.*.certificates.points", "certificates"), ("models.*.attacks", "attacks"),
      ("models.*.propagation", "propagation"), ("models.*.uncertainty.rejection", "rejection"),
      ("search.entries", "front"), ("search.sites", "scales"), ("models.*.curves", "curves"),
    ]
    var report = try StudyPageReport()
    for (path, _) in parts {
      report.set(path, to: path.hasSuffix("corruptions") ? NSNull() : [] as [Any])
    }
    let page = try report.page()
    let sections = page.all("section").compactMap { $0.value("id") }
    #expect(sections == ["recommendation", "confusion", "calibration", "search", "provenance"])
    let links = page.all("a").compactMap { $0.value("href") }
    #expect(links == ["#recommendation"] + sections.map { "#\($0)" })
    Self.expectNothingEmpty(page)
  }

  @Test("A map is of the trainings of one round, not of others as long")
  func heatMap() throws {
    func maps(_ report: StudyPageReport) throws -> String {
      let text = try report.page().text
      let start = try #require(text.range(of: "<section id=\"scales\""))
      let rest = text[start.lowerBound...]
      return String(rest[..<(try #require(rest.range(of: "</section>")).lowerBound)])
    }
    var report = try StudyPageReport()
    let first = try maps(report)
    #expect(first.contains("after the first round of the search"))
    #expect(first.contains("Blue is better than no noise, which then had 58.0 % under noise"))
    #expect(!first.contains("0.28") && first.contains(">0.2<"))
    // Where there are no rounds, all trainings in full are as long.
    report.set("search.rounds", to: [] as [Any])
    let full = try maps(report)
    #expect(full.contains("after the first full training of each noise"))
    #expect(full.contains("0.28") && !full.contains("first round"))
  }

  @Test("A study that recommends nothing, and one without models, are pages all the same")
  func nothing() throws {
    var report = try StudyPageReport()
    report.set("recommendation.noise", to: NSNull())
    report.set("recommendation.scales", to: NSNull())
    report.set("models.*.isRecommended", to: false)
    report.set("search.entries.*.isRecommended", to: false)
    let page = try report.page()
    #expect(!page.text.contains("dither train") && !page.text.contains("class=\"recommended\""))
    Self.expectNothingEmpty(page)
    for part in [
      "models", "testNoises", "examples", "search.trials", "search.rounds", "search.entries",
    ] {
      report.set(part, to: [] as [Any])
    }
    let bare = try report.page()
    #expect(bare.all("section").compactMap { $0.value("id") } == ["recommendation", "provenance"])
    Self.expectNothingEmpty(bare)
  }

  static func expectNothingEmpty(_ page: HTMLPage) {
    #expect(page.imbalance == nil)
    #expect(page.empty == [])
    let headings = zip(page.tags, page.tags.dropFirst()).filter { $0.0.name == "h2" && $0.0.isEnd }
    for (_, next) in headings { #expect(!next.isEnd, "a heading with nothing below it") }
  }
}
