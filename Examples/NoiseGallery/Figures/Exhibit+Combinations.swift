extension Exhibit {
  static let combinations = [
    Exhibit(
      "Mixture", "mixture(0.9*gaussian:0.1,0.1*laplace:0.5)", .density(-1...1, bins: 64),
      formula: "w f₁(x) + (1 − w) f₂(x)",
      effect: "Fine grain everywhere, and one pixel of ten with far more.",
      strengths: Strengths(adding: [0.3, 1, 3])),
    Exhibit(
      "Truncated", "truncated(gaussian:1,-1,2)", .density(-1.5...2.5, bins: 64),
      formula: "f(x) / (F(high) − F(low)) between low and high",
      effect:
        "A Gaussian whose far draws are not there: no pixel moves down by more than the scale, up by more than twice it."
    ),
  ]
}
