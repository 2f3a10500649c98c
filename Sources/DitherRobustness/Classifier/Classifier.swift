public import DitherTensors
public import Layers

/// Anything that gives each sample of a batch a score for each class: a network of this package (``NetworkClassifier``), a
/// closure (``ClassifierFunction``), or a type of one's own.
///
/// ```swift
/// /// The class of the nearest of some centres.
/// struct NearestCentre: Classifier {
///   let centres: Tensor                       // [classes, features]
///   var inputShape: [Int] { [centres.shape[1]] }
///   var classes: Int { centres.shape[0] }
///
///   func logits(of inputs: Tensor, _ pass: Pass) -> Tensor {
///     // −|x − c|² / 2, but for what is the same for all classes.
///     inputs.matmul(centres, transposingOther: true) - (centres * centres).sum(axis: 1) / 2
///   }
/// }
/// ```
///
/// What is measured of a classifier is the same, to the bit, for any number of threads and any split of the samples into batches, if
/// the logits of a sample depend on that sample, its row number and the pass alone, as those of this package's networks do.
///
/// A sample whose logits hold a NaN, or whose greatest logit is infinite, has no softmax, and is taken for no class: it is wrong in every
/// accuracy and error, counts for no class in the votes of a certificate, and is what an attack looks for. Its loss is not finite, its
/// entropy NaN. With noise of its own a classifier takes a sample for no class where it does so in one of the draws.
public protocol Classifier: Sendable {
  /// The shape of one sample: `[64]`, or `[28, 28]`.
  var inputShape: [Int] { get }
  /// The number of classes, at least 2.
  var classes: Int { get }

  /// The scores of a batch; the class of the greatest is the answer, the first of equals.
  ///
  /// - Parameters:
  ///   - inputs: of shape [rows] + ``inputShape``.
  ///   - pass: `.inference`, or `.sampling(stream)` for one draw of the classifier's own noise at the stream's address. A classifier
  ///     without noise of its own need not look at it.
  /// - Returns: shape [rows, ``classes``].
  func logits(of inputs: Tensor, _ pass: Pass) -> Tensor
}

/// A classifier that also says how its input moves its logits: what attacks by gradient and saliency maps need.
public protocol DifferentiableClassifier: Classifier {
  /// The scores of a batch, and the function that takes their gradient back to the inputs.
  ///
  /// - Parameters:
  ///   - inputs: of shape [rows] + ``Classifier/inputShape``.
  ///   - pass: `.withoutNoise(gradients: .input)`, or `.sampling(stream, gradients: .input)`: otherwise as for
  ///     ``Classifier/logits(of:_:)``.
  /// - Returns: the logits, [rows, ``Classifier/classes``]; and a function of their gradient, of the same shape, which gives the
  ///   gradient of the inputs, of their shape. It changes nothing that another pass could see.
  func differentiableLogits(
    of inputs: Tensor, _ pass: Pass
  ) -> (logits: Tensor, pullback: (Tensor) -> Tensor)
}
