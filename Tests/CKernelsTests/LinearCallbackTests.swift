import CKernels
import DitherRuntime
import Testing

/// Counts the tiles that a callback is asked for, and their elements.
private final class TileCount {
  var tiles = 0
  var elements = 0
}

@Suite("Draws from outside are asked for in large tiles")
struct LinearCallbackTests {
  @Test(
    "At either site of a layer with 256 rows a tile has a thousand elements or more, on average",
    arguments: [10, 64, 200, 1024])
  func tiles(width: Int) {
    for atOutput in [false, true] {
      let count = TileCount()
      var rule = unsafe ck_rule()
      unsafe rule.kind = CK_ADD
      unsafe rule.scale = 1
      unsafe rule.draw.distribution = CK_CALLBACK
      unsafe rule.draw.context = Unmanaged.passUnretained(count).toOpaque()
      unsafe rule.draw.callback = { context, _, _, rows, columns, tile in
        let count = unsafe Unmanaged<TileCount>.fromOpaque(context!).takeUnretainedValue()
        count.tiles += 1
        count.elements += rows * columns
        unsafe tile!.update(repeating: 1, count: rows * columns)
      }
      let (inputs, outputs) = atOutput ? (64, width) : (width, 64)
      let x = [Float](repeating: 0, count: 256 * inputs)
      let weight = [Float](repeating: 0, count: outputs * inputs)
      var y = [Float](repeating: .nan, count: 256 * outputs)
      var execution = unsafe ck_execution(kernels: ck_kernels_at(0), threads: 1)
      let status = unsafe withUnsafePointer(to: &rule) { rules in
        let none = unsafe ck_rules(items: nil, count: 0, row: 3)
        let one = unsafe ck_rules(items: rules, count: 1, row: 3)
        var linear = unsafe ck_linear(
          batch: 256, inputs: inputs, outputs: outputs, input_rules: atOutput ? none : one,
          weight_rules: none, output_rules: atOutput ? one : none)
        return unsafe ck_linear_forward(&execution, &linear, x, weight, nil, nil, &y)
      }
      #expect(status == CK_OK)
      #expect(count.elements == 256 * width)
      #expect(count.elements / count.tiles >= 1000, "\(count.tiles) tiles")
      withExtendedLifetime(count) {}
    }
  }
}
