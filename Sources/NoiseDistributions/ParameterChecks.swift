import DitherRuntime

/// Stops the program unless a spread is finite and not negative.
func requireSpread(_ value: Float, _ type: String, _ parameter: String) {
  require(
    value >= 0 && value.isFinite,
    "\(type): \(parameter) is \(value); expected a finite number, 0 or more")
}

/// Stops the program unless a location is finite.
func requireFinite(_ value: Float, _ type: String, _ parameter: String) {
  require(value.isFinite, "\(type): \(parameter) is \(value); expected a finite number")
}

/// Stops the program unless a probability lies in 0…1.
func requireProbability(_ value: Double, _ type: String, _ parameter: String) {
  require(value >= 0 && value <= 1, "\(type): \(parameter) is \(value); expected 0…1")
}
