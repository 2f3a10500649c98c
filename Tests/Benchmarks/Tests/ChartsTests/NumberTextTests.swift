import Charts
import Testing

@Suite("Numbers as text")
struct NumberTextTests {
  @Test(
    "Exact text has all digits and no more",
    arguments: [
      (0.0, "0"), (-0.0, "0"), (5, "5"), (1_048_576, "1,048,576"), (0.05, "0.05"), (2.5, "2.5"),
      (-1234.25, "−1,234.25"), (999, "999"), (.infinity, "∞"), (-.infinity, "−∞"), (.nan, "–"),
    ])
  func exact(value: Double, text: String) {
    #expect(NumberText.exact(value) == text)
  }

  @Test(
    "Short text has three digits that count, or all before the point",
    arguments: [
      (187.4, "187"), (18.72, "18.7"), (1.873, "1.87"), (0.18734, "0.187"), (1870, "1,870"),
      (0.0357, "0.0357"), (0, "0"),
    ])
  func short(value: Double, text: String) {
    #expect(NumberText.short(value) == text)
  }

  @Test("Nothing left of a number after rounding has no sign")
  func negativeZero() {
    #expect(NumberText.decimals(-0.001, 2) == "0.00")
    #expect(NumberText.decimals(-0.006, 2) == "−0.01")
  }
}
