extension NoiseCatalog {
  /// The schedule that a text names, as after `scale=`:
  ///
  /// ```swift
  /// let rate = try NoiseCatalog.standard.schedule("cosine:0.001,0,4000", in: .nonNegative)
  /// assert(rate.value(at: 4000) == 0)
  /// ```
  ///
  /// - Parameters:
  ///   - text: `constant:value`, `linear:from,to,over`, `cosine:from,to,over`, `exponential:from,to,over`,
  ///     `step:from,factor,every`, `oneCycle:maximum,over,rising,from,to` or `inversePower:from,exponent,over`.
  ///   - range: what holds the values of all steps.
  /// - Throws: ``NoiseTextError`` for a name that is no schedule's, a number too many or too few, a value outside of the range,
  ///   and for what is no text of the grammar.
  public func schedule(
    _ text: String, in range: ParameterRange = .finite
  ) throws(NoiseTextError) -> Schedule {
    let reading = NoiseReading(catalog: self, text: text)
    let schedule = try reading.value(NoiseTextParser.parse(text), Schedule.forms, "a schedule")
    if let problem = schedule.problem(in: range) {
      throw reading.error(0, text, "other arguments: \(problem)")
    }
    return schedule
  }
}
