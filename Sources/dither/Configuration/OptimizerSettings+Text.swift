import NoiseDistributions

extension OptimizerSettings {
  /// The learning rate as a function of the step; nil where it is one number.
  var rate: Schedule? {
    get throws(UsageError) {
      var rate: Schedule?
      if let schedule {
        do throws(NoiseTextError) {
          rate = try Catalogs.noise.schedule(schedule, in: .nonNegative)
        } catch {
          throw UsageError("--schedule: \(error)")
        }
      }
      guard let warmUp else { return rate }
      return .warmUp(over: warmUp, then: rate ?? .constant(learningRate ?? 0))
    }
  }

  /// What happens to each gradient.
  var gradientRule: NoiseRule? {
    get throws(UsageError) {
      guard let gradientNoise else { return nil }
      let rule: NoiseRule
      do throws(NoiseTextError) {
        rule = try Catalogs.noise.rule(gradientNoise)
      } catch {
        throw UsageError("--gradient-noise: \(error)")
      }
      if rule.learnedScale != nil || rule.countsTrueSamplesAlone {
        throw UsageError(
          "--gradient-noise is \(rule); expected a scale that is fixed, scheduled, or relative to the signal"
        )
      }
      return rule
    }
  }
}
