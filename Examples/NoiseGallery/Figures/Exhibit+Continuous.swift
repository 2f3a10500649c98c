extension Exhibit {
  static let continuous = [
    Exhibit(
      "Gaussian", "gaussian:1", .density(-4...4, bins: 64),
      formula: "exp(−(x − m)² / 2σ²) / (σ √2π)",
      effect: """
        Added, it is grain on paper and ink alike. Multiplied, it leaves the paper clean: a factor on 0 is 0. At scale 1 half \
        of the factors are negative.
        """),
    Exhibit(
      "Uniform", "uniform:-1,1", .density(-1.5...1.5, bins: 60),
      formula: "1 / (high − low) between low and high",
      effect: "As the Gaussian of the same spread, but no pixel moves further than the scale."),
    Exhibit(
      "Laplace", "laplace:1", .density(-6...6, bins: 64), formula: "exp(−|x| / s) / 2s",
      effect: "Most pixels move little, a few far: single specks on a cleaner ground."),
    Exhibit(
      "Logistic", "logistic:1", .density(-8...8, bins: 64),
      formula: "exp(−x / s) / (s (1 + exp(−x / s))²)",
      effect: "Close to a Gaussian of standard deviation 1.8 · s, with a few more specks."),
    Exhibit(
      "Triangular", "triangular:-1,0,2", .density(-1.5...2.5, bins: 64),
      formula: "2 (x − low) / (w (mode − low)) up to the mode, "
        + "2 (high − x) / (w (high − mode)) from there; w = high − low",
      effect: "Bounded, and here not symmetric: its mean of ⅓ darkens paper and ink."),
    Exhibit(
      "Exponential", "exponential:1", .density(-1...7, bins: 64),
      formula: "exp(−x / s) / s for x > 0",
      effect:
        "Added, it only darkens. Multiplied at scale 1, it is the speckle of radar and ultrasound."
    ),
    Exhibit(
      "Log-normal", "lognormal:0.5", .density(0...4, bins: 64),
      formula: "exp(−(ln x − m)² / 2s²) / (x s √2π)",
      effect: "A factor that is never negative: multiplied, the ink is uneven and never turns over."
    ),
  ]
}
