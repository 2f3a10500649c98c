extension Exhibit {
  static let heavyTailed = [
    Exhibit(
      "Cauchy", "cauchy:1", .density(-10...10, bins: 80), formula: "s / (π (x² + s²))",
      effect:
        "A pixel in ten moves by more than six times the scale, one in a hundred by more than sixty.",
      strengths: heavyTails),
    Exhibit(
      "Student t", "studentT:3", .density(-6...6, bins: 64),
      formula: "proportional to (1 + x² / (ν s²))^(−(ν + 1) / 2)",
      effect: "Between the Gaussian and Cauchy's: grain, and now and then a pixel that is lost.",
      strengths: heavyTails),
    Exhibit(
      "α-stable", "alphaStable:1.5,1,0.8", .density(-6...10, bins: 64),
      formula: "E exp(itX) = exp(−|st|^α (1 + iβ tan(πα/2) sgn t (|st|^(1−α) − 1)))",
      effect:
        "With this skewness the far draws are almost all on one side: the lost pixels are dark.",
      strengths: heavyTails),
  ]

  private static let heavyTails = Strengths(
    adding: [0.03, 0.1, 0.3], multiplying: [0.03, 0.1, 0.3])

  static let acoustic = [
    Exhibit(
      "White noise", "whiteNoise", .spectrum,
      formula: "power spectral density 1 at every frequency",
      effect: "Grain, as the Gaussian's: neighbours know nothing of each other."),
    Exhibit(
      "Pink noise", "pinkNoise", .spectrum,
      formula:
        "power spectral density proportional to 1 / (2 sin πf), flat below the lowest frequency",
      effect: """
        The digit is one row of \(DigitImage.side * DigitImage.side) pixels, read line by line: noise along the row is bands along \
        the lines of the image, with grain on them.
        """),
    Exhibit(
      "Brown noise", "brownNoise", .spectrum,
      formula:
        "power spectral density proportional to 1 / (2 sin πf)², flat below the lowest frequency",
      effect: "Slower still: whole lines of the image drift together."),
  ]
}
