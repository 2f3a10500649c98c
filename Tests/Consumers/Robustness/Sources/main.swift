import DitherData
import DitherRobustness
import DitherTensors
import Layers
import NoiseDistributions

// Two classes by the sign of the first number: a sample at 0.4 is 0.4 from the other class, in any norm.
let network = Sequential([Linear(weight: Tensor(rows: [[0, 0], [1, 0]]), bias: nil)])
let classifier = NetworkClassifier(network, inputShape: [2])
let data = LabelledData(
  inputs: Tensor(rows: [[0.4, 0], [-0.4, 1]]), labels: [1, 0], classes: 2, name: "two sides")
let noise = NoiseStream(seed: 42)

for radius: Float in [0.3, 0.5] {
  let attack = GradientAttack.fastGradient(within: PerturbationBall(.maximum, radius: radius))
  let result = attack.result(against: classifier, on: data, noise: noise)
  print("attack \(radius) \(result.cleanAccuracy) \(result.robustAccuracy)")
}

let smoothed = RandomizedSmoothing(of: classifier, standardDeviation: 0.5, noise: noise)
for certificate in smoothed.certify(data, draws: 10_000).certificates {
  print("radius \(certificate.radius)")
}

// A closure is a classifier too.
let closure = ClassifierFunction(inputShape: [2], classes: 2) { inputs, _ in
  inputs.matmul(Tensor(rows: [[0, 1], [0, 0]]))
}
let sweep = NoiseSweep(.adding(Constant(value: 1)), strengths: [0.3, 0.5], noise: noise)
let points = sweep.curve(of: closure, on: data).points
print("sweep \(points[0].accuracy) \(points[1].accuracy)")
