/// One thing that a contender can be asked to do.
public enum Case: Hashable, Sendable {
  /// A product of a linear layer without bias.
  case product(Direction, Product)
  /// The forward pass of a linear layer with bias, and noise.
  case noisyForward(Noise, Product)
  /// Random draws into a buffer that was touched before.
  case fill(Distribution, count: Int)
  /// A training step: forward, backward, update.
  case step(Step)
  /// A training step with noise at a scale. Its noise is the scale's, not that of `Step`.
  case scaledStep(Scale, Step)
  /// A forward pass of a network that no longer trains.
  case inference(layers: [Int], batch: Int)
  /// Fused multiply-adds in registers, on all threads.
  case peak
  /// Stores on all threads.
  case bandwidth(MemoryLevel)
  /// The heap allocations of a training step.
  case allocations(Step)
  /// The peak memory of a training run, in a process of its own.
  case memory(Step)
  /// An epoch of training on 60,000 images from their files: read, normalised, shuffled, in batches.
  case epoch(Step)
  /// Reading and writing files.
  case files(Files)
  /// An optimizer's update of so many weights, whose gradients are there.
  case update(Update, count: Int)
  /// How often each class is answered to one image under so many draws of Gaussian noise of standard deviation 1.
  case smoothing(layers: [Int], draws: Int)
  /// The default study of the digits by the program, in a process of its own: search, tests and report.
  case study
}

extension Case {
  /// Which of a linear layer's three products.
  public enum Direction: String, Codable, CaseIterable, Sendable {
    /// y[M, N] = x·Wᵀ
    case forward
    /// dx[M, K] = dy·W
    case inputGradient
    /// dW[N, K] = dyᵀ·x
    case weightGradient
  }

  /// The shape of a linear layer's product: M, K and N.
  public struct Product: Hashable, Codable, Sendable {
    public var batch: Int
    public var inputs: Int
    public var outputs: Int

    public init(batch: Int, inputs: Int, outputs: Int) {
      self.batch = batch
      self.inputs = inputs
      self.outputs = outputs
    }

    /// Multiplications and additions.
    public var operations: Double { 2 * Double(batch) * Double(inputs) * Double(outputs) }
  }

  /// Noise on a linear layer: Gaussian, triangular and logistic of standard deviation 0.1, the logistic by one number's
  /// quantile and by a whole tile's, dropout at rate 0.2.
  public enum Noise: String, Codable, CaseIterable, Sendable {
    case none
    case inputGaussian
    case outputGaussian
    case outputDropout
    case weightGaussian
    case weightDropout
    case inputTriangular
    case inputLogistic
    case inputLogisticTile
  }

  /// What a buffer is filled with: standard normals, uniforms of 0…1, zeros and ones in equal parts, exponentials of
  /// standard normals; draws of scale 1, triangular ones between -1 and 1, signs, impulses of probability 0.1, counts at
  /// rate 4, salt and pepper of rate 0.1, ones; a Gaussian between ±2, a Gaussian with a tenth of wider ones.
  public enum Distribution: String, Codable, CaseIterable, Sendable {
    case gaussian
    case uniform
    case bernoulli
    case logNormal
    case laplace
    case logistic
    case triangular
    case exponential
    case rademacher
    case impulse
    case poisson
    case saltAndPepper
    case constant
    case truncated
    case mixture
  }

  /// A network of linear layers with ReLU between them, softmax cross-entropy, and what trains it. Noise is Gaussian 0.1
  /// on the input and dropout 0.2 after each ReLU.
  public struct Step: Hashable, Codable, Sendable {
    public enum Optimizer: String, Codable, CaseIterable, Sendable {
      /// Rate 0.01, no momentum.
      case sgd
      /// Rate 0.001.
      case adam
    }

    public var layers: [Int]
    public var batch: Int
    public var optimizer: Optimizer
    public var noise: Bool

    public init(layers: [Int], batch: Int, optimizer: Optimizer, noise: Bool) {
      self.layers = layers
      self.batch = batch
      self.optimizer = optimizer
      self.noise = noise
    }
  }

  /// Gaussian noise of standard deviation 1 at the scale 0.1, fixed or learned: one for a site, one a feature, one a
  /// weight. It is on the outputs of the hidden layers, on the inputs of all layers but the first, or on all weights.
  public enum Scale: String, Codable, CaseIterable, Sendable {
    case fixedOnOutput
    case learnedOnOutput
    case learnedByFeatureOnOutput
    case fixedOnInput
    case learnedOnInput
    case learnedByFeatureOnInput
    case fixedOnWeight
    case learnedByElementOnWeight
  }

  /// What is read or written: 60,000 images of 28·28 and their labels; 2,500 recordings, of which log-mel features are made;
  /// checkpoints of ten million parameters, alone (`Model`) and with the state of Adam (`Run`), brought to the disk.
  public enum Files: String, Codable, CaseIterable, Sendable {
    case images
    case logMel
    case saveModel
    case saveRun
    case loadModel
    case loadRun
  }

  /// Optimizers by their update. Langevin dynamics draw a standard normal number for each weight.
  public enum Update: String, Codable, CaseIterable, Sendable {
    /// Without momentum.
    case sgd
    case adam
    case rmsprop
    case adagrad
    case lion
    case sgld
    case preconditionedSGLD
  }

  /// Where stores go.
  public enum MemoryLevel: String, Codable, Sendable {
    /// Past the caches.
    case memory
    /// To each thread's second level of cache.
    case cache
  }
}
