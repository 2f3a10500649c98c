import NoiseDistributions
import Testing

@Suite("No text stops the program")
struct TextFuzzTests {
  static let catalog = NoiseCatalog.extended

  @Test("A parameter out of its range throws, whichever name and parameter it is, and never stops")
  func ranges() {
    let catalog = NoiseCatalog.standard
    for form in catalog.distributionForms + catalog.ruleForms where form.contains(":") {
      // Of a rule, the form without what is shared.
      let plain = form.prefix { $0 != " " }
      let name = plain.prefix { $0 != ":" && $0 != "[" }
      let count = plain.split(separator: ",").count
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

  @Test(
    "So does one of a distribution that is made of others",
    arguments: [
      "mixture(1e400*gaussian:1,0.5*gaussian:1)", "mixture(-1e400*gaussian:1,0.5*gaussian:1)",
      "mixture(0.5*gaussian:1,1e400*gaussian:1)", "mixture(1.5*gaussian:1,-0.5*gaussian:1)",
      "mixture(0.5*gaussian:1,0.5*gaussian:1e39)", "mixture(inf*gaussian:1,-inf*gaussian:1)",
      "truncated(gaussian:1,1e400,2)", "truncated(gaussian:1,-2,-1e400)",
      "truncated(gaussian:1,2,-2)", "truncated(gaussian:1,30,31)", "truncated(gaussian:1,inf,inf)",
      "truncated(gaussian:1e39,-1,1)", "truncated(constant:2,-1,1)", "truncated(gaussian:0,1,2)",
      "truncated(mixture(0.5*gaussian:1,0.5*gaussian:2),-1,1)",
    ])
  func combinations(_ text: String) {
    #expect(throws: NoiseTextError.self) { try NoiseCatalog.standard.distribution(text) }
  }

  /// A text with some letters changed, removed or doubled.
  func changed(_ texts: [String], _ random: inout SplitMix) -> String {
    let letters = Array("0123456789.,:;()*=-+eE gausiα")
    var text = Array(texts.randomElement(using: &random)!)
    for _ in 0..<Int.random(in: 1...3, using: &random) where !text.isEmpty {
      let place = Int.random(in: 0..<text.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: text[place] = letters.randomElement(using: &random)!
      case 1: text.remove(at: place)
      default: text.insert(letters.randomElement(using: &random)!, at: place)
      }
    }
    return String(text)
  }

  // The moments of what is truncated are computed when it is made: fewer of those.
  @Test(
    "Any text is read or refused: thousands with letters changed, removed or doubled",
    arguments: [
      (
        10_000,
        [
          "blend(0.9*gaussian:0.1,0.1*wedge:0.5)", "between(wedge:1,-2,2)", "uniform:-0.1,0.1",
          "saltAndPepper:0.1,0,1", "mixture(0.9*gaussian:0.1,0.1*laplace:0.5)",
        ]
      ),
      (
        1000,
        [
          "truncated(gaussian:1,-2,2)", "truncated(laplace:0.5,-inf,1)",
          "mixture(0.5*truncated(uniform:-1,1,0,2),0.5*gaussian:1)",
        ]
      ),
    ])
  func distributions(_ count: Int, _ texts: [String]) {
    var random = SplitMix(state: 4)
    var read = 0
    for _ in 0..<count {
      let text = changed(texts, &random)
      do throws(NoiseTextError) {
        let distribution = try Self.catalog.distribution(text)
        read += 1
        let written = try! Self.catalog.text(of: distribution)
        #expect(try! Self.catalog.text(of: Self.catalog.distribution(written)) == written)
      } catch {
        #expect(error.position <= text.count && !error.expected.isEmpty)
      }
    }
    // There were both kinds.
    #expect(read > 0 && read < count)
  }

  @Test("Any text of a rule, too")
  func rules() {
    let texts = [
      "adding(gaussian:0.1,scale=linear:0,0.5,1000)", "multiplying(lognormal:0.5,shared=perRow)",
      "adding(gaussian:1,scale=signalToNoiseRatio(cosine:20,0,99,over=trueSamples))",
      "adding(gaussian:1,scale=learned(0.5,shared=perFeature),shared=blocks:4)",
      "replacing(saltAndPepper:0.1,rate=0.5)", "dropout(0.2,shared=blocks:12)", "dropout:0.2",
      "adding(gaussian:1,scale=oneCycle:0.5,100,30,0.02,0.1)",
      "adding(gaussian:1,scale=step:1,0.5,10)", "adding(gaussian:1,scale=relativeToSignal:0.5)",
    ]
    var random = SplitMix(state: 5)
    var read = 0
    for _ in 0..<10_000 {
      let text = changed(texts, &random)
      do throws(NoiseTextError) {
        let rule = try Self.catalog.rule(text)
        read += 1
        let written = try! Self.catalog.text(of: rule)
        let again = try! Self.catalog.rule(written)
        let rewritten = try! Self.catalog.text(of: again)
        #expect("\(again)" == "\(rule)" && rewritten == written)
      } catch {
        #expect(error.position <= text.count && !error.expected.isEmpty)
      }
    }
    #expect(read > 0 && read < 10_000)
  }
}
