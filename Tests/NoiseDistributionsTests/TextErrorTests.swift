import Foundation
import NoiseDistributions
import Testing

@Suite("Text that is no noise is refused where it is wrong")
struct TextErrorTests {
  static let catalog = NoiseCatalog.extended

  @Test(
    "The fault is named: where it is, what stands there, what was expected",
    arguments: [
      ("", 0, "", "a name"),
      ("  ", 2, "", "a name"),
      ("0.2", 0, "0.2", "a name"),
      ("gaussian", 0, "gaussian", "gaussian:standardDeviation[,mean]"),
      ("gaussian:", 9, "", "a number"),
      ("gaussian:x", 9, "x", "a number"),
      ("gaussian:.2", 9, ".2", "a number"),
      ("gaussian:1.", 9, "1.", "a number"),
      ("gaussian:1e", 9, "1e", "a number"),
      ("gaussian:nan", 9, "nan", "a number"),
      ("gaussian:-infinity", 9, "-infinity", "a number"),
      ("gaussian:inf", 9, "inf", "a finite number, 0 or more for standardDeviation of gaussian"),
      ("gaussian:1,-inf", 11, "-inf", "a finite number for mean of gaussian"),
      ("gaussian:1,2,3", 13, "3", "gaussian:standardDeviation[,mean], without further numbers"),
      ("gaussian:1,", 10, ",", "the end"),
      ("gaussian:1)", 10, ")", "the end"),
      ("gaussian:1 2", 11, "2", "the end"),
      ("gaussian(1)", 0, "gaussian(1)", "gaussian:standardDeviation[,mean]"),
      ("gaussian:-1", 9, "-1", "a finite number, 0 or more for standardDeviation of gaussian"),
      ("gaussian:1e39", 9, "1e39", "a finite number, 0 or more for standardDeviation of gaussian"),
      ("gaussian:1,-1e99", 11, "-1e99", "a finite number for mean of gaussian"),
      (
        "uniform:2,1", 0, "uniform",
        "other arguments: Uniform: low is 2.0 and high is 1.0; expected low ≤ high"
      ),
      ("bernoulli:1.5", 10, "1.5", "0…1 for probability of bernoulli"),
      ("wedge:0", 6, "0", "a finite number greater than 0 for width of wedge"),
      ("between(wedge:1,-1)", 8, "wedge", "wedge:width"),
      ("between(-1,1)", 0, "between(-1,1)", "between(distribution,low,high)"),
      ("between", 0, "between", "between(distribution,low,high)"),
      ("between()", 8, ")", "a name or a number"),
      ("between(wedge:1,-1,1", 20, "", "\",\" or \")\""),
      (
        "between(blend(0.5*wedge:1,0.5*wedge:2),-1,1)", 8, "blend",
        "a distribution with a quantile for between"
      ),
      ("between(0.5*wedge:1,-1,1)", 8, "0.5", "between(distribution,low,high)"),
      ("between(-1,wedge:1,1)", 8, "-1", "the numbers of between after its distributions"),
      (
        "blend(gaussian:1,gaussian:2)", 6, "gaussian",
        "blend(weight*distribution,weight*distribution,…)"
      ),
      (
        "blend(0.5*gaussian:1,0.4*gaussian:2)", 0, "blend",
        "other arguments: the weights' sum is 0.9; expected 1"
      ),
    ] as [(String, Int, String, String)])
  func distribution(_ text: String, _ position: Int, _ received: String, _ expected: String) throws
  {
    let error = try #require(throws: NoiseTextError.self) { try Self.catalog.distribution(text) }
    #expect(error.text == text)
    #expect(error.position == position)
    #expect(error.received == received)
    #expect(error.expected == expected)
  }

  @Test(
    "A rule's fault, too",
    arguments: [
      ("dropout:2", 8, "2", "0…1 for rate of dropout"),
      ("adding(gaussian:1,scale=-1)", 24, "-1", "a finite number, 0 or more for scale of adding"),
      ("adding(gaussian:1,rate=1)", 18, "rate", "adding(distribution[,scale=number])"),
      ("adding(gaussian:1,scale=1,scale=2)", 26, "scale", "adding(distribution[,scale=number])"),
      ("adding(scale=1,gaussian:1)", 7, "scale", "scale= after what adding has without a label"),
      (
        "adding(gaussian:1,gaussian:2)", 0, "adding(gaussian:1,gaussian:2)",
        "adding(distribution[,scale=number])"
      ),
      (
        "adding(gaussian:-0.5)", 16, "-0.5",
        "a finite number, 0 or more for standardDeviation of gaussian"
      ),
      (
        "replacing(gaussian:1)", 0, "replacing",
        "other arguments: only saltAndPepper needs no rate="
      ),
      ("replacing(gaussian:1,rate=7)", 26, "7", "0…1 for rate of replacing"),
      ("gaussian:1", 0, "gaussian", "a rule: adding, replacing, dropout, multiplying"),
    ] as [(String, Int, String, String)])
  func rule(_ text: String, _ position: Int, _ received: String, _ expected: String) throws {
    let error = try #require(throws: NoiseTextError.self) { try NoiseCatalog.standard.rule(text) }
    #expect(error.position == position)
    #expect(error.received == received)
    #expect(
      text == "gaussian:1" ? error.expected.hasPrefix("a rule: ") : error.expected == expected)
  }

  @Test(
    "An unknown name lists the known ones, the nearest first",
    arguments: [
      ("gausian", "gaussian"), ("Gaussian", "gaussian"), ("saltpepper", "saltAndPepper"),
      ("logNormal", "lognormal"), ("unifrom", "uniform"), ("wegde", "wedge"),
    ])
  func nearest(_ name: String, _ nearest: String) throws {
    let error = try #require(throws: NoiseTextError.self) {
      try Self.catalog.distribution("blend(0.5*gaussian:1,0.5*\(name):1)")
    }
    #expect(error.position == 25 && error.received == name)
    #expect(error.expected.hasPrefix("a distribution: \(nearest), "))
    for known in Self.catalog.distributionNames { #expect(error.expected.contains(known)) }
    #expect(
      error.description.hasPrefix(
        "at character 26 of \"blend(0.5*gaussian:1,0.5*\(name):1)\": received \"\(name)\"; expected"
      ))
  }

  @Test("A parameter out of its range throws, whichever name and parameter it is, and never stops")
  func ranges() {
    let catalog = NoiseCatalog.standard
    for form in catalog.distributionForms + catalog.ruleForms where form.contains(":") {
      let name = form.prefix { $0 != ":" && $0 != "[" }
      let count = form.split(separator: ",").count
      for place in 0..<count {
        for number in ["1e400", "-1e400", "-1e39"] {
          var numbers = [String](repeating: "0.5", count: count)
          numbers[place] = number
          let text = "\(name):\(numbers.joined(separator: ","))"
          #expect(throws: NoiseTextError.self, "\(text)") {
            if catalog.ruleForms.contains(form) {
              _ = try catalog.rule(text)
            } else {
              _ = try catalog.distribution(text)
            }
          }
        }
      }
    }
  }

  @Test("Parentheses a hundred thousand deep are refused, not followed")
  func depth() throws {
    let deep = String(repeating: "between(", count: 100_000)
    let error = try #require(throws: NoiseTextError.self) { try Self.catalog.distribution(deep) }
    #expect(error.expected == "parentheses nested 32 deep at most")
    #expect(error.description.count < 300)
    var text = "wedge:1"
    for _ in 0..<32 { text = "between(\(text),-1,1)" }
    _ = try Self.catalog.distribution(text)
    #expect(throws: NoiseTextError.self) { try Self.catalog.distribution("between(\(text),-1,1)") }
  }

  @Test("Any text is read or refused: ten thousand with letters changed, removed or doubled")
  func fuzz() throws {
    var random = SplitMix(state: 4)
    let texts = [
      "blend(0.9*gaussian:0.1,0.1*wedge:0.5)", "between(wedge:1,-2,2)", "uniform:-0.1,0.1",
      "saltAndPepper:0.1,0,1",
    ]
    let letters = Array("0123456789.,:;()*=-+eE gausiα")
    for _ in 0..<10_000 {
      var text = Array(texts.randomElement(using: &random)!)
      for _ in 0..<Int.random(in: 1...3, using: &random) where !text.isEmpty {
        let place = Int.random(in: 0..<text.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: text[place] = letters.randomElement(using: &random)!
        case 1: text.remove(at: place)
        default: text.insert(letters.randomElement(using: &random)!, at: place)
        }
      }
      do throws(NoiseTextError) {
        let read = try Self.catalog.distribution(String(text))
        let written = try! Self.catalog.text(of: read)
        #expect(try! Self.catalog.text(of: Self.catalog.distribution(written)) == written)
      } catch {
        #expect(error.position <= text.count && !error.expected.isEmpty)
      }
    }
  }
}

@Suite("Noise in encoded files")
struct CodingTests {
  struct Configuration: Codable {
    var input: [NoiseRule]
    var draws: CodedDistribution
  }

  let json = #"{"draws":"uniform:-1,1","input":["adding(gaussian:0.2)","dropout:0.1"]}"#

  @Test("Rules and distributions are coded as their text, by the catalog that is passed")
  func coding() throws {
    let decoder = JSONDecoder()
    decoder.userInfo[.noiseCatalog] = NoiseCatalog.standard
    let configuration = try decoder.decode(Configuration.self, from: Data(json.utf8))
    #expect(
      "\(configuration.input)"
        == "\([NoiseRule.adding(Gaussian(standardDeviation: 0.2)), .dropout(rate: 0.1)])")
    #expect(configuration.draws.distribution as? Uniform == Uniform(low: -1, high: 1))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    encoder.userInfo[.noiseCatalog] = NoiseCatalog.standard
    #expect(String(decoding: try encoder.encode(configuration), as: UTF8.self) == json)
  }

  @Test("Without a catalog, or with a text that is no rule, coding throws and says where")
  func refusals() throws {
    let missing = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Configuration.self, from: Data(json.utf8))
    }
    #expect(
      missing.map { "\($0)".contains("no NoiseCatalog in the decoder's userInfo[.noiseCatalog]") }
        == true)
    #expect(throws: EncodingError.self) { try JSONEncoder().encode([NoiseRule.dropout(rate: 0.1)]) }
    let decoder = JSONDecoder()
    decoder.userInfo[.noiseCatalog] = NoiseCatalog.standard
    let error = try #require(throws: DecodingError.self) {
      try decoder.decode([NoiseRule].self, from: Data(#"["dropout:0.1","dropout:7"]"#.utf8))
    }
    guard case .dataCorrupted(let context) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(context.codingPath.map(\.intValue) == [1])
    #expect(context.debugDescription.contains("received \"7\"; expected 0…1 for rate of dropout"))
    #expect(context.underlyingError is NoiseTextError)
    let encoder = JSONEncoder()
    encoder.userInfo[.noiseCatalog] = NoiseCatalog.standard
    #expect(throws: EncodingError.self) { try encoder.encode(CodedDistribution(Wedge(width: 1))) }
  }
}
