import CKernels
import DitherRuntime

/// A parameter as a kernel sees it. The square is above that of the mean.
struct AdaptiveMemory {
  var weight: [Float]
  var gradient: [Float]
  var square: [Float]
  var mean: [Float]
  var velocity: [Float]

  init(_ count: Int, _ generator: inout LinearGenerator) {
    weight = generator.values(count)
    gradient = generator.values(count)
    square = generator.values(count).map { $0 * $0 + 0.1 }
    mean = generator.values(count).map { $0 * 0.2 }
    velocity = generator.values(count)
  }

  var all: [[Float]] { [weight, gradient, square, mean, velocity] }

  func difference(from other: AdaptiveMemory) -> String? {
    for (one, two) in zip(all, other.all) {
      if let difference = firstDifference(one, two) { return difference }
    }
    return nil
  }
}

/// One update, by each of these kernels.
enum AdaptiveUpdate: CaseIterable, Sendable {
  case rmsprop, rmspropDecay, rmspropCentered, rmspropMomentum, rmspropBoth
  case adagrad, adagradDecay, lion, lionDecay, move, moveMost, perturb

  static let rate = 0.01
  static let epsilon = 1e-3
  static let smoothing = 0.9
  static let momentum = 0.7
  static let beta1 = 0.9
  static let beta2 = 0.8
  static let factor: Float = 0.3

  var isCentered: Bool { self == .rmspropCentered || self == .rmspropBoth }
  var hasMomentum: Bool { self == .rmspropMomentum || self == .rmspropBoth }
  var decay: Double {
    switch self {
    case .rmspropDecay, .rmspropBoth, .adagradDecay, .lionDecay: 0.1
    default: 0
    }
  }
  var share: Double { self == .moveMost ? 0.7 : 0.1 }

  func run(
    _ execution: inout ck_execution, _ count: Int, _ weight: UnsafeMutablePointer<Float>,
    _ gradient: UnsafeMutablePointer<Float>, _ square: UnsafeMutablePointer<Float>,
    _ mean: UnsafeMutablePointer<Float>, _ velocity: UnsafeMutablePointer<Float>
  ) {
    switch self {
    case .rmsprop, .rmspropDecay, .rmspropCentered, .rmspropMomentum, .rmspropBoth:
      var rmsprop = ck_rmsprop(
        learning_rate: Self.rate, smoothing: Self.smoothing, epsilon: Self.epsilon,
        weight_decay: decay, momentum: Self.momentum)
      unsafe ck_rmsprop_update(
        &execution, &rmsprop, count, weight, gradient, square, isCentered ? mean : nil,
        hasMomentum ? velocity : nil)
    case .adagrad, .adagradDecay:
      var adagrad = ck_adagrad(
        learning_rate: Self.rate, epsilon: Self.epsilon, weight_decay: decay)
      unsafe ck_adagrad_update(&execution, &adagrad, count, weight, gradient, square)
    case .lion, .lionDecay:
      var lion = ck_lion(
        learning_rate: Self.rate, beta1: Self.beta1, beta2: Self.beta2, weight_decay: decay)
      unsafe ck_lion_update(&execution, &lion, count, weight, gradient, mean)
    case .move, .moveMost:
      unsafe ck_move_towards(&execution, share, count, gradient, weight)
    case .perturb:
      unsafe ck_perturb(&execution, Self.factor, count, weight, gradient, square)
    }
  }

  func run(_ memory: inout AdaptiveMemory, _ run: LinearRun) {
    var execution = unsafe run.execution
    unsafe self.run(
      &execution, memory.weight.count, &memory.weight, &memory.gradient, &memory.square,
      &memory.mean, &memory.velocity)
  }

  /// The formula in double precision: weight, square, mean and velocity of one element.
  func formula(
    _ w: Double, _ gradient: Double, _ square: Double, _ mean: Double, _ velocity: Double
  ) -> [Double] {
    let g = gradient + decay * w
    switch self {
    case .rmsprop, .rmspropDecay, .rmspropCentered, .rmspropMomentum, .rmspropBoth:
      let v = Self.smoothing * square + (1 - Self.smoothing) * g * g
      let m = isCentered ? Self.smoothing * mean + (1 - Self.smoothing) * g : mean
      let change = g / ((isCentered ? max(v - m * m, 0) : v).squareRoot() + Self.epsilon)
      let u = hasMomentum ? Self.momentum * velocity + change : velocity
      return [w - Self.rate * (hasMomentum ? u : change), v, m, u]
    case .adagrad, .adagradDecay:
      let sum = square + g * g
      return [w - Self.rate * g / (sum.squareRoot() + Self.epsilon), sum, mean, velocity]
    case .lion, .lionDecay:
      let change = Self.beta1 * mean + (1 - Self.beta1) * gradient
      let sign = change > 0 ? 1.0 : change < 0 ? -1 : 0
      return [
        w - Self.rate * (sign + decay * w), square,
        Self.beta2 * mean + (1 - Self.beta2) * gradient, velocity,
      ]
    case .move, .moveMost:
      return [w + share * (gradient - w), square, mean, velocity]
    case .perturb:
      return [w, w + Double(Self.factor) * gradient, mean, velocity]
    }
  }
}
