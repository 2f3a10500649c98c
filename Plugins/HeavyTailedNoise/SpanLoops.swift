// Loops over spans of one length, the body inside: without bounds checks, which keep a plain formula from being made
// vectors of.

@inline(__always)
func update(
  _ a: inout MutableSpan<Float>, _ b: inout MutableSpan<Float>,
  _ body: (inout Float, inout Float) -> Void
) {
  precondition(a.count == b.count)
  unsafe a.withUnsafeMutableBufferPointer { a in
    unsafe b.withUnsafeMutableBufferPointer { b in
      for index in 0..<a.count { unsafe body(&a[index], &b[index]) }
    }
  }
}

@inline(__always)
func update(
  _ a: inout MutableSpan<Float>, _ b: inout MutableSpan<Float>, _ c: inout MutableSpan<Float>,
  _ body: (inout Float, inout Float, inout Float) -> Void
) {
  precondition(a.count == b.count && a.count == c.count)
  unsafe a.withUnsafeMutableBufferPointer { a in
    unsafe b.withUnsafeMutableBufferPointer { b in
      unsafe c.withUnsafeMutableBufferPointer { c in
        for index in 0..<a.count { unsafe body(&a[index], &b[index], &c[index]) }
      }
    }
  }
}

@inline(__always)
func update(
  _ a: inout MutableSpan<Float>, _ b: inout MutableSpan<Float>, _ c: inout MutableSpan<Float>,
  _ d: inout MutableSpan<Float>,
  _ body: (inout Float, inout Float, inout Float, inout Float) -> Void
) {
  precondition(a.count == b.count && a.count == c.count && a.count == d.count)
  unsafe a.withUnsafeMutableBufferPointer { a in
    unsafe b.withUnsafeMutableBufferPointer { b in
      unsafe c.withUnsafeMutableBufferPointer { c in
        unsafe d.withUnsafeMutableBufferPointer { d in
          for index in 0..<a.count { unsafe body(&a[index], &b[index], &c[index], &d[index]) }
        }
      }
    }
  }
}
