import DitherRuntime
import DitherTensors
import NoiseDistributions

// Moves of the rows of a matrix, each row a sample, on the calling thread: sums are in double precision in the order of
// the columns.
extension PerturbationBall {
  /// Stops at a sample out of the range of the data.
  func requireInRange(_ matrix: Tensor, _ operation: String) {
    if let range { matrix.requireWithin(range, of: "ball", operation) }
  }

  /// Each row, a step of a length in the norm further in the direction that raises a function of that gradient most:
  /// x + α·sign(g) for L∞, x + α·g / ‖g‖ for L2. Where the gradient is 0 or not a number nothing moves.
  func step(_ matrix: Tensor, along gradient: Tensor, length: Float) -> Tensor {
    moved(matrix, gradient) { target, gradient, row in
      switch norm {
      case .maximum:
        for index in row where gradient[index] != 0 {
          target[index] += gradient[index] > 0 ? length : gradient[index] < 0 ? -length : 0
        }
      case .euclidean:
        var squares = 0.0
        for index in row { squares += Double(gradient[index]) * Double(gradient[index]) }
        guard squares > 0, squares.isFinite else { return }
        let factor = Double(length) / squares.squareRoot()
        for index in row {
          target[index] = Float(Double(target[index]) + factor * Double(gradient[index]))
        }
      }
    }
  }

  /// The place of each row within the radius and the range where a linear function with that gradient is greatest. Where the gradient
  /// is 0 or not a number nothing moves.
  func fastGradientPlace(around centre: Tensor, _ gradient: Tensor) -> Tensor {
    if norm == .maximum {
      return project(step(centre, along: gradient, length: radius), around: centre)
    }
    return moved(centre, gradient) { target, gradient, row in
      guard row.allSatisfy({ gradient[$0].isFinite }) else { return }
      let places = furthest(
        from: row.map { target[$0] }, along: row.map { Double(gradient[$0]) }, most: .infinity)
      for (index, place) in zip(row, places) { target[index] = place }
    }
  }

  /// Each row, moved to the nearest place that is within the radius of its centre, and in the range.
  ///
  /// Both hold exactly, of the numbers as they are stored: what is rounded is rounded towards the centre. The L2 ball's radius is taken
  /// (columns + 8) · 2⁻⁵² of itself smaller for that.
  func project(_ matrix: Tensor, around centre: Tensor) -> Tensor {
    let (low, high) = ends
    return moved(matrix, centre) { target, centre, row in
      switch norm {
      case .maximum:
        for index in row {
          let least = sumRoundedInwards(centre[index], -radius)
          let greatest = sumRoundedInwards(centre[index], radius)
          target[index] = min(max(min(max(target[index], least), greatest), low), high)
        }
      case .euclidean:
        var squares = 0.0
        for index in row {
          let offset = Double(min(max(target[index], low), high)) - Double(centre[index])
          squares += offset * offset
        }
        if squares.squareRoot() <= allowedLength(columns: row.count) {
          for index in row { target[index] = min(max(target[index], low), high) }
          return
        }
        let places = furthest(
          from: row.map { centre[$0] },
          along: row.map { Double(target[$0]) - Double(centre[$0]) }, most: 1)
        for (index, place) in zip(row, places) { target[index] = place }
      }
    }
  }

  private var ends: (low: Float, high: Float) {
    (range?.lowerBound ?? -.infinity, range?.upperBound ?? .infinity)
  }

  private func allowedLength(columns: Int) -> Double {
    Double(radius) * (1 - Double(columns + 8) * 0x1p-52)
  }

  /// The place centre + s · direction, each element cut to the range, with the greatest s up to `most` at which it is in the L2 ball.
  ///
  /// By the conditions of Karush, Kuhn and Tucker that is the place nearest to centre + direction where `most` is 1, and the one where
  /// the product with the direction is greatest where nothing bounds s. What the range cuts leaves more of the radius to the others,
  /// so that s only grows as one element after the other meets its end.
  private func furthest(
    from centre: [Float], along direction: [Double], most: Double
  ) -> [Float] {
    let (low, high) = ends
    let allowed = allowedLength(columns: centre.count)
    let room = zip(centre, direction).map {
      $1 > 0 ? Double(high) - Double($0) : Double($0) - Double(low)
    }
    var isCut = [Bool](repeating: false, count: centre.count)
    var factor = 0.0
    while true {
      var (taken, squares) = (0.0, 0.0)
      for index in centre.indices {
        if isCut[index] {
          taken += room[index] * room[index]
        } else {
          squares += direction[index] * direction[index]
        }
      }
      guard squares > 0, squares.isFinite else { break }
      factor = min(most, (max(0, allowed * allowed - taken) / squares).squareRoot())
      var isDone = true
      for index in centre.indices
      where !isCut[index] && factor * abs(direction[index]) > room[index] {
        isCut[index] = true
        isDone = false
      }
      if isDone { break }
    }
    return centre.indices.map { index in
      if isCut[index] { return direction[index] > 0 ? high : low }
      let from = Double(centre[index])
      let offset = factor * direction[index]
      let value = Float(from + offset)
      if abs(Double(value) - from) <= abs(offset) { return value }
      return offset > 0 ? value.nextDown : value.nextUp
    }
  }

  /// A random place in the ball for each row: uniform in the cube of L∞, or in the ball of L2, before it is cut to the range.
  ///
  /// - Parameters:
  ///   - noise: at the number of the place and the first row of the samples.
  ///   - site: of the draws.
  func randomPlace(around centre: Tensor, _ noise: NoiseStream, site: String) -> Tensor {
    let (rows, columns) = (centre.shape[0], centre.shape[1])
    switch norm {
    case .maximum:
      let draws = noise.evaluationDraws(
        from: Uniform(low: -1, high: 1), site: site, rows: rows, columns: columns)
      return project(centre + draws * radius, around: centre)
    case .euclidean:
      // A Gaussian direction; the share of the volume within a radius is its power of the number of columns.
      let surface = randomPlaceOnSurface(around: centre, noise, site: site) - centre
      let shares = noise.evaluationDraws(
        from: Uniform(low: 0, high: 1), site: site + ".radius", rows: rows, columns: 1)
      return project(centre + surface * shares.raised(to: 1 / Float(columns)), around: centre)
    }
  }

  /// A random place on the ball's surface for each row: a corner of the cube of L∞, or uniform on the sphere of L2, before it is cut
  /// to the range.
  func randomPlaceOnSurface(around centre: Tensor, _ noise: NoiseStream, site: String) -> Tensor {
    let directions = noise.evaluationDraws(
      from: Gaussian(standardDeviation: 1), site: site, rows: centre.shape[0],
      columns: centre.shape[1])
    return project(step(centre, along: directions, length: radius), around: centre)
  }

  /// A copy of a matrix that `move` has changed row by row, with another at hand.
  private func moved(
    _ matrix: Tensor, _ other: Tensor,
    _ move: (_ target: inout MutableSpan<Float>, _ other: Span<Float>, _ row: Range<Int>) -> Void
  ) -> Tensor {
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    var result = matrix
    other.withSpan { other in
      result.withMutableSpan { target in
        for row in 0..<rows { move(&target, other, row * columns..<(row + 1) * columns) }
      }
    }
    return result
  }
}

/// centre + offset, rounded towards the centre where it must be rounded: never further away than |offset|.
private func sumRoundedInwards(_ centre: Float, _ offset: Float) -> Float {
  let sum = centre + offset
  // What rounding took away, exactly (Knuth's two-sum).
  let part = sum - centre
  let rest = (centre - (sum - part)) + (offset - part)
  if offset > 0 && rest < 0 { return sum.nextDown }
  if offset < 0 && rest > 0 { return sum.nextUp }
  return sum
}
