import DitherRuntime
public import DitherTensors
public import Layers
public import NoiseDistributions

/// Measures how the noise that a network has itself spreads through it: each batch once without noise, and with the noise of each
/// draw.
///
/// ```swift
/// let rule = NoiseRule.adding(Gaussian(standardDeviation: 0.1))
/// let network = Sequential(seed: 7) {
///   Linear(inputs: 64, outputs: 32).noise(rule, on: .output)
///   ReLU()
///   Linear(inputs: 32, outputs: 10).noise(rule, on: .input)
/// }
/// let stream = NoiseStream(seed: 42)
/// print(signalPropagation(through: network, of: inputs, noise: stream))
/// print(signalPropagation(through: network, of: inputs, noiseAt: ["2"], noise: stream))
/// ```
///
/// Layers are those that a pass tells of: all but a layer of one's own within another of one's own.
///
/// - Parameters:
///   - network: with a value for every parameter.
///   - inputs: a row a sample, at least one.
///   - layers: the paths of those whose noise is on; nil, the default, for all. A path that the network does not have stops the program.
///   - noise: draw d is at the stream's step plus d, row r at its first row plus r, in the domain of sampling.
///   - draws: at least 1.
///   - batchSize: samples at once, at least 1. It changes no result. Other numbers stop the program.
public func signalPropagation(
  through network: some Layer, of inputs: Tensor, noiseAt layers: [String]? = nil,
  noise: NoiseStream, draws: Int = 1, batchSize: Int = 256
) -> SignalPropagation {
  measurePropagation(through: network, inputs, noise, draws, batchSize) { batch, stream in
    var pass = Pass.sampling(stream)
    if let layers { pass = pass.noise(onlyAt: layers, of: network) }
    return LayerOutputs.of(network, batch, pass)
  }
}

/// Measures how noise at a place of one's choice would spread through a network, whose own noise is off.
///
/// The textbook's claim, that noise on the input of a layer touches all that comes after it and noise on an output begins there,
/// is seen so on one's own network, with what each layer does to the ratio.
///
/// ```swift
/// let (clean, draw) = (model, NoiseStream(seed: 42))
/// for place in [NoisePlace.input(of: 0), .output(of: 0), .output(of: 1)] {
///   let spread = signalPropagation(
///     through: clean, of: inputs, placing: .adding(Gaussian(standardDeviation: 0.1)), at: place,
///     noise: draw)
///   print(place, spread, separator: "\n")
/// }
/// ```
///
/// - Parameters:
///   - network: with a value for every parameter.
///   - inputs: a row a sample, at least one.
///   - rule: on each element; one that learns its scale or counts true samples alone stops the program.
///   - place: by the number of one of the network's layers; another stops the program.
///   - noise: draw d is at the stream's step plus d, row r at its first row plus r, in the domain of evaluation.
///   - draws: at least 1.
///   - batchSize: samples at once, at least 1. It changes no result. Other numbers stop the program.
public func signalPropagation(
  through network: Sequential, of inputs: Tensor, placing rule: NoiseRule, at place: NoisePlace,
  noise: NoiseStream, draws: Int = 1, batchSize: Int = 256
) -> SignalPropagation {
  require(
    network.layers.indices.contains(place.layer),
    "signalPropagation: the place is the \(place); expected a layer of 0 ..< \(network.layers.count)"
  )
  return measurePropagation(through: network, inputs, noise, draws, batchSize) { batch, stream in
    var layers = network.layers
    layers[place.layer] = LayerWithPlacedNoise(
      base: layers[place.layer], place: place, rule: rule, noise: stream)
    return LayerOutputs.of(Sequential(layers), batch, .inference)
  }
}

/// - Parameter noisyOutputs: of a batch, with the stream at its draw and its first row.
private func measurePropagation(
  through network: some Layer, _ inputs: Tensor, _ noise: NoiseStream, _ draws: Int,
  _ batchSize: Int, noisyOutputs: (Tensor, NoiseStream) -> [(String, Tensor)]
) -> SignalPropagation {
  require(
    inputs.rank >= 2 && inputs.count > 0,
    "signalPropagation: the inputs have shape \(inputs.shape); expected [rows, …] with at least one row"
  )
  require(draws >= 1, "signalPropagation: draws is \(draws); expected at least 1")
  require(batchSize >= 1, "signalPropagation: batchSize is \(batchSize); expected at least 1")
  noise.requireSteps(draws, "signalPropagation")
  var paths: [String] = []
  var signals: [[Double]] = []
  var noises: [[Double]] = []
  let count = inputs.shape[0]
  for first in stride(from: 0, to: count, by: batchSize) {
    let batch = inputs.rows(first..<min(first + batchSize, count))
    let clean = LayerOutputs.of(network, batch, .inference)
    if first == 0 {
      paths = clean.map(\.0)
      signals = paths.map { _ in [] }
      noises = signals
    }
    requireRows(clean, batch.shape[0])
    var energies = clean.map { _ in [Double](repeating: 0, count: batch.shape[0]) }
    for draw in 0..<draws {
      let stream = noise.at(step: noise.step + draw).advanced(byRows: first)
      let noisy = noisyOutputs(batch, stream)
      requireSamePaths(paths, noisy.map(\.0))
      for index in paths.indices {
        addRowEnergies(of: noisy[index].1, less: clean[index].1, to: &energies[index])
      }
    }
    for index in paths.indices {
      noises[index] += energies[index]
      var energy = [Double](repeating: 0, count: batch.shape[0])
      addRowEnergies(
        of: clean[index].1, less: Tensor(zeros: clean[index].1.shape), to: &energy)
      signals[index] += energy.map { $0 * Double(draws) }
    }
  }
  return SignalPropagation(
    rows: paths.indices.map {
      SignalPropagation.Row(
        path: paths[$0], signals: signals[$0], noises: noises[$0], draws: draws)
    })
}

private func requireRows(_ outputs: [(String, Tensor)], _ rows: Int) {
  for (path, output) in outputs {
    require(
      output.shape.first == rows,
      "signalPropagation: the output at path \"\(path)\" for \(rows) rows has shape \(output.shape); expected as many rows"
    )
  }
}

private func requireSamePaths(_ clean: [String], _ noisy: [String]) {
  require(
    clean == noisy,
    "signalPropagation: the layers of the pass without noise are \(clean), of that with noise \(noisy); expected the same"
  )
}

/// Adds Σ (y − x)² of each row: in double precision, in the order of the elements.
private func addRowEnergies(of y: Tensor, less x: Tensor, to energies: inout [Double]) {
  let rows = energies.count
  let columns = y.count / rows
  y.withSpan { y in
    x.withSpan { x in
      for row in 0..<rows {
        for index in row * columns..<(row + 1) * columns {
          let difference = Double(y[index]) - Double(x[index])
          energies[row] += difference * difference
        }
      }
    }
  }
}
