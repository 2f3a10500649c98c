/// The integral of a function that is nowhere negative and may change abruptly at one place, to about 10⁻¹¹ of itself.
///
/// The intervals on both sides of the place grow by factors of 4 from it, so that however abrupt the change is, one of them
/// is of its width. On each, Gauss and Kronrod's pair of 7 and 15 points, and halves until the two agree (the points and weights
/// are those of QUADPACK: Piessens, de Doncker-Kapenga, Überhuber, Kahaner, 1983).
func integral(
  from low: Double, to high: Double, change: Double, of function: (Double) -> Double
) -> Double {
  var total = 0.0
  for end in [high, low] where end != change {
    var outer = end
    for number in 1...24 {
      let inner = number == 24 ? change : change + (outer - change) / 4
      addIntegral(
        from: min(inner, outer), to: max(inner, outer), halvings: 0, of: function, to: &total)
      outer = inner
    }
  }
  return total
}

private func addIntegral(
  from low: Double, to high: Double, halvings: Int, of function: (Double) -> Double,
  to total: inout Double
) {
  let centre = (low + high) / 2
  let half = (high - low) / 2
  let middle = function(centre)
  var kronrod = 0.209482141084727828 * middle
  var gauss = 0.417959183673469388 * middle
  for (index, point) in points.enumerated() {
    let sum = function(centre - half * point.place) + function(centre + half * point.place)
    kronrod += point.kronrod * sum
    if index % 2 == 1 { gauss += point.gauss * sum }
  }
  // Rounding keeps the two from agreeing to more digits than the function has: what no longer counts in the total is left.
  let difference = abs(kronrod - gauss)
  if difference <= 1e-10 * kronrod || half * difference <= 1e-14 * total || halvings == 8 {
    total += half * kronrod
    return
  }
  addIntegral(from: centre, to: high, halvings: halvings + 1, of: function, to: &total)
  addIntegral(from: low, to: centre, halvings: halvings + 1, of: function, to: &total)
}

private let points: [(place: Double, kronrod: Double, gauss: Double)] = [
  (0.991455371120812639, 0.022935322010529225, 0),
  (0.949107912342758525, 0.063092092629978553, 0.129484966168869693),
  (0.864864423359769073, 0.104790010322250184, 0),
  (0.741531185599394440, 0.140653259715525919, 0.279705391489276668),
  (0.586087235467691130, 0.169004726639267903, 0),
  (0.405845151377397167, 0.190350578064785410, 0.381830050505118945),
  (0.207784955007898468, 0.204432940075298892, 0),
]
