import DitherRuntime
import DitherTensors

// What losses check at their edges.

/// Samples of the whole batch: as many as the part has, or more.
func wholeCount(_ count: Int?, samples: Int, _ loss: String) -> Int {
  guard let count else { return samples }
  require(
    count >= samples,
    "\(loss): count is \(count); expected at least \(samples), the samples of this part")
  return count
}

/// How many elements the whole batch has, of samples like those of `predictions`; stops where there are none.
func wholeElements(
  _ predictions: Tensor, count: Int?, _ loss: String, _ name: String = "predictions"
) -> Double {
  require(
    predictions.rank >= 1 && predictions.count > 0,
    "\(loss): the \(name) have shape \(predictions.shape); expected [rows, columns] with at least one of each"
  )
  let samples = predictions.shape[0]
  return Double(wholeCount(count, samples: samples, loss)) * Double(predictions.count / samples)
}

/// The targets in the shape of the predictions, whose one column may have a vector of them. Stops at other shapes.
func fitted(
  _ targets: Tensor, to predictions: Tensor, _ loss: String, _ name: String = "predictions"
) -> Tensor {
  if targets.shape == predictions.shape { return targets }
  let rows = predictions.shape[0]
  require(
    predictions.shape == [rows, 1] && targets.shape == [rows],
    "\(loss): the targets have shape \(targets.shape); expected the \(name)', \(predictions.shape)")
  return targets.reshaped(to: [rows, 1])
}

/// The same; stops also at a target that is infinite or not a number.
func finiteTargets(_ targets: Tensor, of predictions: Tensor, _ loss: String) -> Tensor {
  let targets = fitted(targets, to: predictions, loss)
  // The sum in double of finite numbers is finite.
  if !targets.sumInDouble().isFinite {
    requireEach(of: targets, loss, "a finite number") { $0.isFinite }
  }
  return targets
}

/// Stops at the first target that is not allowed, with its row and column.
func requireEach(
  of targets: Tensor, _ loss: String, _ expected: String, where isAllowed: (Float) -> Bool
) {
  let place = targets.withSpan { span in span.indices.first { !isAllowed(span[$0]) } }
  guard let place else { return }
  let columns = max(1, targets.count / targets.shape[0])
  let target = targets.withSpan { $0[place] }
  misuse(
    "\(loss): the target of row \(place / columns), column \(place % columns) is \(target); expected \(expected)"
  )
}
