import Foundation
import NoiseDistributions
import Testing

@Suite("Noise in encoded files")
struct CodingTests {
  struct Configuration: Codable {
    var input: [NoiseRule]
    var draws: CodedDistribution
  }

  let json =
    #"{"draws":"uniform:-1,1","input":["adding(gaussian:0.2)","dropout(0.1,shared=perRow)","adding(gaussian:1,scale=signalToNoiseRatio(cosine:20,0,100))"]}"#

  @Test("Rules and distributions are coded as their text, by the catalog that is passed")
  func coding() throws {
    let decoder = JSONDecoder()
    decoder.userInfo[.noiseCatalog] = NoiseCatalog.standard
    let configuration = try decoder.decode(Configuration.self, from: Data(json.utf8))
    let rules: [NoiseRule] = [
      .adding(Gaussian(standardDeviation: 0.2)), .dropout(rate: 0.1).shared(.perRow),
      .adding(
        Gaussian(standardDeviation: 1),
        scale: .signalToNoiseRatio(decibels: .cosine(from: 20, to: 0, over: 100))),
    ]
    #expect("\(configuration.input)" == "\(rules)")
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
    let function = NoiseScale.scheduled(Schedule { Double($0) })
    #expect(throws: EncodingError.self) {
      try encoder.encode([NoiseRule.adding(Gaussian(standardDeviation: 1), scale: function)])
    }
  }
}
