import CKernels

/// An instruction set that the kernels are built for and this processor runs. All give the same bits.
public struct InstructionSet: Hashable, Sendable, CustomStringConvertible {
  /// `scalar`, `avx2`, `avx512` or `neon`.
  public let name: String
  let index: Int32

  /// Those that this processor runs, the best first; `scalar` is always among them.
  public static let available: [InstructionSet] = (0..<ck_kernels_count()).map { index in
    InstructionSet(
      name: unsafe String(cString: ck_kernels_name(ck_kernels_at(index))), index: index)
  }

  /// The instruction set of this name, or nil if there is none or this processor does not run it.
  public init?(named name: String) {
    guard let found = InstructionSet.available.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  init(name: String, index: Int32) {
    self.name = name
    self.index = index
  }

  package var kernels: OpaquePointer { unsafe ck_kernels_at(index)! }

  public var description: String { name }
}
