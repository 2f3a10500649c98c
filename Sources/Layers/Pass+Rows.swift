import DitherRuntime

extension Pass {
  /// The pass for a batch whose rows are padded at their end: row r has `lengths[r]` true samples, and padding after them.
  ///
  /// Rules whose scale is relative to true samples alone (`NoiseScale.overTrueSamples()`) measure these, and leave the
  /// padding as it is. Nothing else reads the lengths; such a rule stops a pass with noise that says none.
  ///
  /// A row is all that lies along the last axis: of an input of shape [batch, channels, samples] there are batch · channels,
  /// those of the first recording first. Of one of shape [batch, time, features] a row is one moment of a sequence: its length is
  /// `features` within the sequence and 0 beyond its end.
  ///
  /// ```swift
  /// let rule = NoiseRule.adding(
  ///   Gaussian(standardDeviation: 1), scale: .signalToNoiseRatio(decibels: 10).overTrueSamples())
  /// let model = Sequential(seed: 7) {
  ///   Perturb(rule)
  ///   Linear(inputs: 16_000, outputs: 10)
  /// }
  /// let recordings = Tensor(zeros: [2, 16_000])   // padded to one second
  /// let noise = NoiseStream(seed: 42)
  /// let pass = Pass.training(noise.at(step: 0)).rows(ofLengths: [12_400, 16_000])
  /// let logits = model.forward(recordings, pass).output
  /// ```
  ///
  /// - Parameter lengths: one for each row of the pass's batch (of a part, the part's own rows), from 0 to the columns
  ///   of the site; others stop the program.
  public func rows(ofLengths lengths: [Int]) -> Pass {
    for (row, length) in lengths.enumerated() {
      require(
        length >= 0,
        "Pass.rows(ofLengths:): the length of row \(row) is \(length); expected 0 or more")
    }
    var pass = self
    pass.rowLengths = lengths
    return pass
  }
}
