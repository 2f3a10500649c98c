/// Stops the program unless a spread is finite and not negative.
func requireSpread(_ value: Float, _ type: String, _ parameter: String) {
  ParameterRange.nonNegative.require(value, type, parameter)
}

/// Stops the program unless a location is finite.
func requireFinite(_ value: Float, _ type: String, _ parameter: String) {
  ParameterRange.finite.require(value, type, parameter)
}

/// Stops the program unless a probability lies in 0…1.
func requireProbability(_ value: Double, _ type: String, _ parameter: String) {
  ParameterRange.probability.require(value, type, parameter)
}
