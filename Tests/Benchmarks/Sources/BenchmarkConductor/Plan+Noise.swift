import BenchmarkProtocol
import BenchmarkReport

extension Plan {
  /// What noise adds to a forward pass.
  static var noise: [Block] {
    let middle = Case.Product(batch: 256, inputs: 1024, outputs: 1024)
    let wide = Case.Product(batch: 64, inputs: 4096, outputs: 4096)
    return [
      Block(
        [Case.Noise.inputGaussian, .outputGaussian, .outputDropout].map {
          cost($0, middle, [.atMost(1.04)])
        }
          + [Case.Noise.inputTriangular, .inputLogistic, .inputLogisticTile].map {
            cost($0, middle, [.atMost(1.25)])
          }
          // One draw an element of the weight, whatever the batch: the more rows, the less.
          + [Case.Noise.weightGaussian, .weightDropout].map { cost($0, middle, [.atMost(1.25)]) }),
      Block(
        [Case.Noise.inputGaussian, .outputGaussian, .outputDropout].map {
          cost($0, wide, [.atMost(1.02)])
        }),
    ]
  }

  private static func cost(_ noise: Case.Noise, _ product: Case.Product, _ targets: [Target])
    -> PlannedRow
  {
    PlannedRow(
      "\(name(noise)) \(dimension(product))", .noise,
      .cost(.noisyForward(noise, product), over: .noisyForward(.none, product)), targets,
      parameters: parameters(product))
  }

  private static func name(_ noise: Case.Noise) -> String {
    switch noise {
    case .none: "no noise"
    case .inputGaussian: "Gaussian on the input"
    case .outputGaussian: "Gaussian on the output"
    case .outputDropout: "dropout on the output"
    case .weightGaussian: "Gaussian on the weight"
    case .weightDropout: "dropout on the weight"
    case .inputTriangular: "a user's triangular on the input"
    case .inputLogistic: "a user's logistic on the input"
    case .inputLogisticTile: "a user's logistic by tiles on the input"
    }
  }

  /// Fills of a buffer that was touched before.
  static var draws: [Block] {
    func targets(overTorch: Double) -> [Target] { [.peer("PyTorch", overTorch), .peer("JAX", 6)] }
    return [
      Block(fill(.gaussian, "Gaussian", targets(overTorch: 12))),
      overGaussian(.uniform, "uniform", 1.5, targets(overTorch: 15)),
      overGaussian(.bernoulli, "Bernoulli", 1.5, targets(overTorch: 30)),
      overGaussian(.logNormal, "log-normal", 2, targets(overTorch: 60)),
      overGaussian(.laplace, "Laplace", 1.5), overGaussian(.logistic, "logistic", 1.5),
      overGaussian(.triangular, "triangular", 1.5), overGaussian(.exponential, "exponential", 1.5),
      overGaussian(.rademacher, "Rademacher", 1.5), overGaussian(.impulse, "impulse", 1.5),
      overGaussian(.saltAndPepper, "salt and pepper", 1.5), overGaussian(.constant, "constant"),
      overGaussian(.poisson, "Poisson", 2), overGaussian(.truncated, "truncated Gaussian"),
      overGaussian(.mixture, "mixture of Gaussians"),
    ]
  }

  private static let drawCount = 1 << 20

  private static func fill(
    _ distribution: Case.Distribution, _ name: String, _ targets: [Target]
  ) -> PlannedRow {
    PlannedRow(
      "fill, \(name)", .draws,
      .speed(.fill(distribution, count: drawCount), .nanosecondsPerDraw(count: drawCount)),
      targets, parameters: ["count": drawCount])
  }

  /// A fill, and its time over that of a Gaussian one.
  private static func overGaussian(
    _ distribution: Case.Distribution, _ name: String, _ limit: Double? = nil,
    _ targets: [Target] = []
  ) -> Block {
    Block(
      fill(distribution, name, targets),
      PlannedRow(
        "\(name) over Gaussian", .draws,
        .cost(
          .fill(distribution, count: drawCount), over: .fill(.gaussian, count: drawCount)),
        limit.map { [.atMost($0)] } ?? [], parameters: ["count": drawCount]))
  }

  /// A layer with its bias by batch, plain and with Gaussian noise on its input.
  static var batches: [Block] {
    (0...11).map { 1 << $0 }.map { batch in
      scaling(
        .batch, "batch \(batch)", Case.Product(batch: batch, inputs: 1024, outputs: 1024))
    }
  }

  /// The same by width.
  static var widths: [Block] {
    (6...12).map { 1 << $0 }.map { width in
      scaling(
        .width, "width \(width)", Case.Product(batch: 256, inputs: width, outputs: width))
    }
  }

  private static func scaling(_ group: Group, _ place: String, _ product: Case.Product) -> Block {
    let plain = Case.noisyForward(.none, product)
    return Block(
      PlannedRow(
        "layer, \(place)", group, .speed(plain, .gigaflops(operations: product.operations)),
        parameters: parameters(product)),
      PlannedRow(
        "Gaussian on the input, \(place)", group,
        .cost(.noisyForward(.inputGaussian, product), over: plain),
        parameters: parameters(product)))
  }
}
