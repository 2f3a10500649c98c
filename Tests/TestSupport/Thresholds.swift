package import NoiseDistributionTesting

/// The thresholds of the library's own tests are those of the product that checks a conformance.
package typealias Threshold = NoiseDistributionTesting.Threshold
