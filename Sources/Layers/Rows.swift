import DitherTensors

/// The forward pass of a layer that works on the rows of a matrix: the last axis of its input is the columns, all axes before
/// it together are the rows, in the order of memory. The output has the same leading axes.
///
/// This is the one place where axes become rows, for every layer: the row of a noise address, the rows of a batch's
/// statistics, and those that ``Pass/rows(ofLengths:)`` counts, are these. So the matrix has a pass of its own, which begins at
/// the first row of the first sample.
///
/// - Parameters:
///   - columns: that the layer takes; nil for any.
///   - layer: the layer's name, for messages.
///   - forward: the pass over the matrix [rows, columns].
func overRows(
  _ input: Tensor, columns: Int? = nil, layer: String, _ pass: Pass,
  _ forward: (_ matrix: Tensor, _ pass: Pass) -> (output: Tensor, pullback: Pullback)
) -> (output: Tensor, pullback: Pullback) {
  requireRows(input, columns: columns, layer: layer, path: pass.path)
  if input.rank == 2 {
    let (output, pullback) = forward(input, pass)
    pass.report(output, of: input)
    return (output, pullback)
  }
  let inputShape = input.shape
  let leading = Array(inputShape.dropLast())
  let rows = leading.reduce(1, *)
  // An empty input draws nothing, wherever it begins.
  let rowsPerSample = rows == 0 ? 1 : rows / inputShape[0]
  let (matrix, matrixPullback) = forward(
    input.reshaped(to: [rows, inputShape.last!]), pass.ofRows(perSample: rowsPerSample))
  let columns = matrix.shape[1]
  let output = matrix.reshaped(to: leading + [columns])
  pass.report(output, of: input)
  if pass.gradients.isEmpty { return (output, .none) }
  return (
    output,
    Pullback { outputGradient in
      requireGradient(
        outputGradient, shape: leading + [columns], layer: layer, path: pass.path)
      return matrixPullback(outputGradient.reshaped(to: [rows, columns]))?
        .reshaped(to: inputShape)
    }
  )
}
