import DitherData
import DitherRobustness
import DitherTensors

/// One number a row and two classes: class 1 where it is above a level.
func aboveLevel(_ level: Float) -> LinearScore { LinearScore(weight: [1], bias: -level) }

/// Ten rows −0.05, −0.15 … −0.95, of class 0 but for those named: adding s makes the first ⌊10 · s⌋ of them positive.
func tenRows(ofClassOne: Set<Int> = []) -> LabelledData {
  LabelledData(
    inputs: Tensor((0..<10).map { -(Float($0) + 0.5) / 10 }, shape: [10, 1]),
    labels: (0..<10).map { ofClassOne.contains($0) ? 1 : 0 }, classes: 2, name: "ten rows")
}
