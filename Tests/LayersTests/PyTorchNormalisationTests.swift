import DitherTensors
import Layers
import Testing

@Suite("Agreement with PyTorch: normalisations")
struct PyTorchNormalisationTests {
  /// PyTorch's own error grows with the mean: a row at 100 ± 1 has 6e-6 of it by rounding the input alone.
  @Test("LayerNorm: output and gradients to 2e-5")
  func layerNorm() throws {
    for reference in try LayerReference.load().layerNorm {
      let layer = LayerNorm(
        features: reference.shape.last!, epsilon: reference.epsilon,
        scaleAndShift: reference.scale != nil
      ).initialized(seed: 1)
      if let scale = reference.scale, let shift = reference.shift {
        layer.scale!.value = Tensor(scale)
        layer.shift!.value = Tensor(shift)
      }
      let (y, pullback) = layer.forward(
        Tensor(reference.x, shape: reference.shape), .withoutNoise(gradients: .both))
      let dx = try #require(pullback(Tensor(reference.dy, shape: reference.shape)))
      #expect(y.shape == reference.shape && dx.shape == reference.shape)
      expectClose(y, reference.y, 2e-5, "y")
      expectClose(dx, reference.dx, 2e-5, "dx")
      if let dscale = reference.dscale, let dshift = reference.dshift {
        expectClose(layer.scale!.gradient!, dscale, 2e-5, "dscale")
        expectClose(layer.shift!.gradient!, dshift, 2e-5, "dshift")
      }
    }
  }

  @Test(
    "BatchNorm: outputs, gradients and running statistics, in training and at inference, to 2e-5")
  func batchNorm() throws {
    for reference in try LayerReference.load().batchNorm {
      let layer = BatchNorm(
        features: reference.features, epsilon: reference.epsilon, momentum: reference.momentum,
        scaleAndShift: reference.scale != nil
      ).initialized(seed: 1)
      if let scale = reference.scale, let shift = reference.shift {
        layer.scale!.value = Tensor(scale)
        layer.shift!.value = Tensor(shift)
      }
      let shape = [reference.rows, reference.features]
      for (index, step) in reference.passes.enumerated() {
        let (y, pullback) = layer.forward(
          Tensor(step.x, shape: shape),
          step.training ? .training(gradients: .both) : .withoutNoise(gradients: .both))
        let dx = try #require(pullback(Tensor(step.dy, shape: shape)))
        // Where a batch has two rows that nearly agree, 1 / √variance is great.
        let tolerance = reference.rows == 2 ? 2e-4 : 2e-5
        expectClose(y, step.y, tolerance, "y of pass \(index)")
        expectClose(dx, step.dx, tolerance, "dx of pass \(index)")
        if let dscale = step.dscale, let dshift = step.dshift {
          expectClose(layer.scale!.gradient!, dscale, tolerance, "dscale of pass \(index)")
          expectClose(layer.shift!.gradient!, dshift, tolerance, "dshift of pass \(index)")
          layer.scale!.clearGradient()
          layer.shift!.clearGradient()
        }
        expectClose(layer.runningMean, step.runningMean, 1e-6, "running mean")
        expectClose(layer.runningVariance, step.runningVariance, 2e-6, "running variance")
      }
    }
  }
}
