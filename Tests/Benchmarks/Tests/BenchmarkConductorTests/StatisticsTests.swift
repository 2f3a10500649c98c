import BenchmarkConductor
import Testing

@Suite("Statistics")
struct StatisticsTests {
  @Test("The median is the middle one, or the mean of the two, in whatever order")
  func median() {
    #expect(Statistics.median([9, 1, 4]) == 4)
    #expect(Statistics.median([9, 1, 4, 6]) == 5)
    #expect(Statistics.median([]) == nil)
  }

  @Test("The geometric mean of 1, 10 and 100 is 10")
  func geometricMean() throws {
    #expect(abs(try #require(Statistics.geometricMean([1, 10, 100])) - 10) < 1e-12)
    #expect(Statistics.geometricMean([]) == nil)
  }

  @Test("The ratio is the median of the rounds' ratios, not the ratio of the medians")
  func medianRatio() {
    // Ratios 2, 0.5, 3; the ratio of the medians is 4 / 2 = 2 of other rounds.
    #expect(Statistics.medianRatio([2, 4, 30], [1, 8, 10]) == 2)
    #expect(Statistics.medianRatio([1, 6, 6], [2, 2, 12]) == 0.5)
  }

  @Test("Rounds that lack one of the two do not count")
  func missing() {
    #expect(Statistics.medianRatio([6, nil, 8], [3, 1, nil]) == 2)
    #expect(Statistics.medianRatio([nil], [1]) == nil)
  }
}
