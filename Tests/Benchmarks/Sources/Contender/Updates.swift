import BenchmarkProtocol
import DitherTensors
import NoiseDistributions
import Optimizers

/// Updates of one parameter. Only they are timed: the gradient, which each clears, is put back in between.
func updateWorkload(_ update: Case.Update, count: Int) throws -> Workload {
  let columns = min(count, 1024)
  guard count % columns == 0 else { throw Unsupported("a count that is no multiple of 1024") }
  let parameter = Parameter(gaussian(rows: count / columns, columns: columns, seed: 2))
  let gradient = gaussian(rows: count / columns, columns: columns, seed: 3)
  let optimizer = update.optimizer(of: [parameter])
  func seconds() -> Double {
    parameter.addToGradient(gradient)
    return ContinuousClock().measure { optimizer.step() } / .seconds(1)
  }
  return { repetitions in
    _ = seconds()
    return Answer(seconds: (0..<repetitions).reduce(0) { sum, _ in sum + seconds() })
  }
}

extension Case.Update {
  fileprivate func optimizer(of parameters: [Parameter]) -> any Optimizer {
    let noise = NoiseStream(seed: 4)
    return switch self {
    case .sgd: SGD(parameters, learningRate: 0.01)
    case .adam: Adam(parameters)
    case .rmsprop: RMSprop(parameters, learningRate: 1e-3)
    case .adagrad: Adagrad(parameters)
    case .lion: Lion(parameters)
    case .sgld: SGLD(parameters, learningRate: 1e-3, temperature: 1e-3, noise: noise)
    case .preconditionedSGLD:
      PreconditionedSGLD(parameters, learningRate: 1e-3, temperature: 1e-3, noise: noise)
    }
  }
}
