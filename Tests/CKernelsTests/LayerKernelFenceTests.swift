import CKernels
import DitherRuntime
import Testing

@Suite("Normalisations, losses and their gradients read and write their arrays alone")
struct LayerKernelFenceTests {
  @Test("Gradient of the normalisation of rows", arguments: InstructionSet.available)
  func rows(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 151)
    var execution = unsafe ck_execution(kernels: set.kernels, threads: 1)
    for (rows, columns) in NormalisationTests.shapes {
      let problem = NormalisationTests.Problem(rows, columns, &generator)
      var (x, dy) = (FencedFloats(problem.x), FencedFloats(problem.dy))
      var (scale, dx) = (FencedFloats(problem.scale), FencedFloats(count: rows * columns))
      unsafe withPointers(&x, &dy) { x, dy in
        unsafe withPointers(&scale, &dx) { scale, dx in
          unsafe ck_layer_norm_gradient(&execution, rows, columns, 1e-3, x, scale, dy, dx)
        }
      }
      #expect(x.isIntact && dy.isIntact && scale.isIntact && dx.isIntact)
      let expected = problem.layerNorm(.plain)[2]
      #expect(firstBitDifference(dx.values, expected) == nil, "\(rows)×\(columns)")
    }
  }

  @Test("Normalisation of columns, and its gradient", arguments: InstructionSet.available)
  func columns(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 152)
    var execution = unsafe ck_execution(kernels: set.kernels, threads: 1)
    for (rows, columns) in NormalisationTests.shapes {
      let problem = NormalisationTests.Problem(rows, columns, &generator)
      let expected = problem.batchNorm(.plain)
      var (mean, rest) = (FencedFloats(expected[0]), FencedFloats(expected[1]))
      var inverse = FencedFloats(expected[2].map { 1 / ($0 + 1e-3).squareRoot() })
      var (scale, shift) = (FencedFloats(problem.scale), FencedFloats(problem.shift))
      var (x, dy) = (FencedFloats(problem.x), FencedFloats(problem.dy))
      var y = FencedFloats(count: rows * columns)
      var dx = y
      unsafe withPointers(&mean, &rest) { mean, rest in
        unsafe withPointers(&scale, &shift) { scale, shift in
          unsafe withPointers(&inverse, &x) { inverse, x in
            var norm = unsafe ck_column_norm(
              mean: mean, rest: rest, inverse: inverse, scale: scale, shift: shift)
            unsafe y.withPointer {
              unsafe ck_normalise_columns(&execution, rows, columns, &norm, x, $0)
            }
            unsafe withPointers(&dy, &dx) { dy, dx in
              unsafe ck_batch_norm_gradient(&execution, rows, columns, &norm, x, dy, dx)
            }
          }
        }
      }
      let arrays = [mean, rest, inverse, scale, shift, x, dy, y, dx]
      #expect(arrays.allSatisfy { $0.isIntact }, "\(rows)×\(columns)")
      #expect(firstBitDifference(y.values, expected[3]) == nil, "\(rows)×\(columns)")
      #expect(firstBitDifference(dx.values, expected[4]) == nil, "\(rows)×\(columns)")
    }
  }

  @Test("Losses of elements", arguments: InstructionSet.available)
  func pointwiseLosses(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 153)
    var execution = unsafe ck_execution(kernels: set.kernels, threads: 1)
    var plain = unsafe LinearRun.plain.execution
    for loss in [CK_BINARY_CROSS_ENTROPY, CK_ABSOLUTE_ERROR, CK_HUBER] {
      for count in edgeLengths {
        let values = generator.values(count)
        let targetValues = generator.values(count).map { $0.magnitude }
        var expected = unreadable(count)
        var expectedGradient = expected
        unsafe ck_pointwise_losses(
          &plain, loss, count, 0.25, values, targetValues, 2, &expected, &expectedGradient)
        var (x, targets) = (FencedFloats(values), FencedFloats(targetValues))
        var (losses, gradient) = (FencedFloats(count: count), FencedFloats(count: count))
        unsafe withPointers(&x, &targets) { x, targets in
          unsafe withPointers(&losses, &gradient) { losses, gradient in
            unsafe ck_pointwise_losses(
              &execution, loss, count, 0.25, x, targets, 2, losses, gradient)
          }
        }
        #expect(x.isIntact && targets.isIntact && losses.isIntact && gradient.isIntact)
        #expect(firstBitDifference(losses.values, expected) == nil, "\(loss), \(count)")
        #expect(firstBitDifference(gradient.values, expectedGradient) == nil, "\(loss), \(count)")
      }
    }
  }

  @Test(
    "Smoothed and weighted cross-entropy, its gradient beside the logits or in their place",
    arguments: InstructionSet.available)
  func smoothedCrossEntropy(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 154)
    var execution = unsafe ck_execution(kernels: set.kernels, threads: 1)
    var plain = unsafe LinearRun.plain.execution
    for (rows, columns) in LossesTests.shapes {
      let problem = LossesTests.Rows(rows, columns, scale: 3, &generator)
      let weightValues = generator.values(columns).map { $0.magnitude }
      var expected = unreadable(rows)
      var expectedGradient = unreadable(rows * columns)
      unsafe ck_smoothed_cross_entropy(
        &plain, rows, columns, problem.logits, problem.labels, weightValues, 0.1, 2, &expected,
        &expectedGradient)
      for isInPlace in [false, true] {
        var (x, weights) = (FencedFloats(problem.logits), FencedFloats(weightValues))
        var (losses, gradient) = (FencedFloats(count: rows), FencedFloats(count: rows * columns))
        unsafe withPointers(&x, &weights) { x, weights in
          unsafe withPointers(&losses, &gradient) { losses, gradient in
            unsafe ck_smoothed_cross_entropy(
              &execution, rows, columns, x, problem.labels, weights, 0.1, 2, losses,
              isInPlace ? x : gradient)
          }
        }
        #expect(x.isIntact && weights.isIntact && losses.isIntact && gradient.isIntact)
        let received = isInPlace ? x.values : gradient.values
        #expect(firstBitDifference(losses.values, expected) == nil, "\(rows)×\(columns)")
        #expect(firstBitDifference(received, expectedGradient) == nil, "\(rows)×\(columns)")
      }
    }
  }

  @Test(
    "Gradient of softmax, also in the output's gradient's place",
    arguments: InstructionSet.available)
  func softmaxGradient(_ set: InstructionSet) {
    var generator = LinearGenerator(state: 155)
    var execution = unsafe ck_execution(kernels: set.kernels, threads: 1)
    var plain = unsafe LinearRun.plain.execution
    for (rows, columns) in LossesTests.shapes {
      let values = LossesTests.Rows(rows, columns, scale: 3, &generator).softmax(.plain)
      let slopes = generator.values(rows * columns)
      var expected = unreadable(rows * columns)
      unsafe ck_softmax_gradient(&plain, rows, columns, values, slopes, &expected)
      for isInPlace in [false, true] {
        var (y, dy) = (FencedFloats(values), FencedFloats(slopes))
        var dx = FencedFloats(count: rows * columns)
        unsafe withPointers(&y, &dy) { y, dy in
          unsafe dx.withPointer { dx in
            unsafe ck_softmax_gradient(&execution, rows, columns, y, dy, isInPlace ? dy : dx)
          }
        }
        #expect(y.isIntact && dy.isIntact && dx.isIntact)
        let received = isInPlace ? dy.values : dx.values
        #expect(firstBitDifference(received, expected) == nil, "\(rows)×\(columns)")
      }
    }
  }
}

private func withPointers(
  _ first: inout FencedFloats, _ second: inout FencedFloats,
  _ body: (UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>) -> Void
) {
  unsafe first.withPointer { first in
    unsafe second.withPointer { unsafe body(first, $0) }
  }
}
