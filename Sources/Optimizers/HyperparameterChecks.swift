import DitherRuntime

/// Stops unless a hyperparameter is a number from 0 on.
func requireNotNegative(_ value: Double, _ owner: String, _ name: String) {
  require(
    value >= 0 && value.isFinite,
    "\(owner): \(name) is \(value); expected a finite number, 0 or more")
}

/// Stops unless a hyperparameter is a number above 0.
func requirePositive(_ value: Double, _ owner: String, _ name: String) {
  require(
    value > 0 && value.isFinite,
    "\(owner): \(name) is \(value); expected a finite number above 0")
}

/// Stops unless the share that a running mean keeps is in 0 ..< 1.
func requireShare(_ value: Double, _ owner: String, _ name: String) {
  require(
    value >= 0 && value < 1, "\(owner): \(name) is \(value); expected 0 or more and less than 1")
}

/// Stops unless the share of a velocity that is kept from step to step is in 0...1.
func requireMomentum(_ value: Double, _ owner: String) {
  require(
    value >= 0 && value <= 1, "\(owner): momentum is \(value); expected a number from 0 to 1")
}
