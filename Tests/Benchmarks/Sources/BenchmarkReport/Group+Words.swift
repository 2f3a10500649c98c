extension Group {
  /// The heading of its section, and of its table on a terminal.
  package var title: String {
    switch self {
    case .products: "Large products"
    case .shapes: "Small and odd products"
    case .noise: "What noise costs a forward pass"
    case .draws: "Draws"
    case .training: "Training steps"
    case .updates: "Updates by optimizers"
    case .files: "Epochs and files"
    case .robustness: "Certificates and studies"
    case .allocations: "Heap allocations in a training step"
    case .memory: "Peak memory of a training run"
    case .threads: "All threads over one"
    case .latency: "Latency of small work"
    case .batch: "By batch"
    case .width: "By width"
    }
  }

  /// What its rows are.
  var explanation: String {
    switch self {
    case .products:
      """
      The three products of a linear layer without bias: forward (y = x·Wᵀ), the gradient of its \
      input (dx = dy·W) and that of its weights (dW = dyᵀ·x), with W stored as [outputs, inputs]. \
      Shapes are batch·inputs·outputs.
      """
    case .shapes:
      """
      The same three products where a batch is small, or sizes fit no tile. Twenty shapes are \
      drawn log-uniformly from 1 to 4,096: each side is 4096ᵘ, rounded, with u from SplitMix64 of \
      seed 3, in the order batch, inputs, outputs of one shape after the other.
      """
    case .noise:
      """
      The time of a noisy forward pass over that of the plain one of the same system, with bias. \
      Input noise is drawn anew for every element of x, output noise for every element of y: \
      Gaussian of standard deviation 0.1, dropout of rate 0.2. Triangular and logistic noise come \
      from a user's own distribution: by the quantile of one number, or by tiles; it was not written for the peers.
      """
    case .draws:
      """
      Filling a buffer of 2²⁰ numbers that was touched before. JAX and MLX return a new array for each fill. Where a cost is told, \
      plain is the Gaussian fill of the same system.
      """
    case .training:
      """
      Forward, backward and update of a network of 784-1024-1024-10 with ReLU between its layers \
      and softmax cross-entropy at its end. The noisy step adds Gaussian noise (0.1) to the first \
      layer's input and dropout (0.2) after each hidden layer.
      """
    case .updates:
      """
      One update of 16,777,216 weights in place, their gradients lying in memory. Where a cost is told, plain is Adam's \
      update by the same system. SGLD, preconditioned too, draws a standard normal number for each weight.
      """
    case .files:
      """
      An epoch reads 60,000 images of 28·28 and their labels from unpacked IDX files, normalises and shuffles them, and \
      trains 784-1024-1024-10 on all of them in batches of 128, with Gaussian noise (0.1) on the input, dropout (0.2) after \
      each hidden layer and Adam; it evaluates nothing. Images are those of Fashion-MNIST, or synthetic ones of the same \
      sizes, as the settings above say: their values make no difference to the time. The \
      recordings are WAV files of 8 kHz, read one by one; their features have 40 filters every 10 ms. A checkpoint is saved \
      when it is on the disk and has replaced the one before, which the library keeps; the library adds a checksum. It is \
      loaded when a network has its values. Files read lie in the system's memory.
      """
    case .robustness:
      """
      A certificate by randomized smoothing counts how often a network answers each class under noise: here 784-1024-10 \
      with ReLU, one image, 100,000 draws of Gaussian noise of standard deviation 1. The library does it in batches of \
      1,024, its default. PyTorch does it by the method of `_sample_noise` in locuslab's `core.py` (Cohen et al. 2019), in \
      batches of 1,000, the default of its `certify.py`: the repeated image plus `randn_like` times σ, `argmax`, counts, here by \
      NumPy's `bincount` in place of that file's loop over the answers. A study is `dither study` with no options but \
      folder and threads, a process from its start to its end: 1,797 digits, five families of noise at three sites, \
      search, tests and report. It is run once, and has no peer.
      """
    case .allocations:
      """
      Calls to the allocator in a steady training step of 784-1024-1024-10, counted by an \
      interposed allocator; a growth of the library's own pool counts. Large ones are of 4,096 \
      bytes and more.
      """
    case .memory:
      "The greatest resident memory of a training run of 784-1024-1024-10 in a process of its own."
    case .threads: "The library's speed on all threads over its speed on one."
    case .latency:
      """
      The time of one call. The frozen networks may use all threads; small work runs on the calling one.
      """
    case .batch:
      "A forward pass through 1,024 inputs and outputs, plain and with Gaussian noise on its input."
    case .width:
      "A forward pass of a batch of 256, as many outputs as inputs, plain and with Gaussian noise on its input."
    }
  }
}
