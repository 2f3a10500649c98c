extension Exhibit {
  static let discrete = [
    Exhibit(
      "Poisson", "poisson:4", .masses((0...13).map { Float($0) }),
      formula: "P(n) = rateⁿ exp(−rate) / n!",
      effect: "Added, its mean of 4 counts too: at scale 0.25 the paper has turned black.",
      strengths: Strengths(adding: [0.05, 0.1, 0.25], multiplying: [0.1, 0.2, 0.3])),
    Exhibit(
      "Bernoulli", "bernoulli:0.3", .masses([0, 1]), formula: "P(1) = p, P(0) = 1 − p",
      effect: "Multiplied at scale 1, it is dropout without the factor that keeps the mean."),
    Exhibit(
      "Rademacher", "rademacher", .masses([-1, 1]), formula: "P(−1) = P(1) = ½",
      effect:
        "Every pixel moves, all equally far. Multiplied at scale 1, it turns the sign of half of the ink."
    ),
    Exhibit(
      "Salt and pepper", "saltAndPepper:0.4", .masses([-1, 0, 1]),
      formula: "P(low) = P(high) = rate / 2, P(0) = 1 − rate",
      effect: """
        It is made to replace: what draws 0 stays as it is, so that a rate of 1 replaces two pixels of five. Multiplied at scale 1, \
        it keeps only these, half of them turned to the negative.
        """,
      strengths: Strengths(replacing: [0.25, 0.5, 1])),
    Exhibit(
      "Impulse", "impulse:0.3", .masses([0, 1]), formula: "P(value) = p, P(0) = 1 − p",
      effect: "Replacing, it is salt alone: what draws 0 stays as it is, as with salt and pepper.",
      strengths: Strengths(replacing: [0.25, 0.5, 1])),
    Exhibit(
      "Constant", "constant:0.5", .masses([0.5]), formula: "P(value) = 1",
      effect:
        "A shift, a factor or a stain without chance; which pixels are replaced is still drawn."),
  ]
}
