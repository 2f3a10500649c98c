import BenchmarkConductor
import BenchmarkReport
import Testing

@Suite("The plan")
struct PlanTests {
  static let rows = Plan.blocks(threads: 2).flatMap(\.rows)

  @Test("No two rows have one name")
  func names() {
    #expect(Set(Self.rows.map(\.name)).count == Self.rows.count)
  }

  @Test("Every group has rows, and the rows of a group follow each other")
  func groups() {
    var order: [Group] = []
    for row in Self.rows where order.last != row.group { order.append(row.group) }
    #expect(order.count == Group.allCases.count)
    #expect(Set(order) == Set(Group.allCases))
  }

  @Test("The drawn shapes are what the formula gives, in 1…4096, whatever the machine")
  func shapes() {
    let shapes = Plan.drawnShapes(20)
    #expect(shapes.count == 20)
    #expect(
      shapes.prefix(3).map { [$0.batch, $0.inputs, $0.outputs] } == [
        [3, 339, 164], [2, 6, 199], [3, 1623, 59],
      ])
    for shape in shapes {
      for side in [shape.batch, shape.inputs, shape.outputs] { #expect((1...4096).contains(side)) }
    }
  }

  @Test("A filter keeps the rows whose name contains it, and the blocks that still have some")
  func filter() {
    let blocks = Plan.blocks(threads: 2).filtered(by: "noise in a step, Adam")
    #expect(blocks.count == 3)
    #expect(blocks.allSatisfy { $0.rows.count == 1 })
    #expect(Plan.blocks(threads: 2).filtered(by: "no such row").isEmpty)
  }

  @Test("Draws of a certificate have their target on any threads, a study on two and more")
  func robustness() {
    func targets(threads: Int) -> [[String]] {
      Plan.blocks(threads: threads).flatMap(\.rows).filter { $0.group == .robustness }
        .map { $0.targets.map { "\($0)" } }
    }
    #expect(targets(threads: 1) == [["atMost(2.0)"], []])
    #expect(targets(threads: 2) == [["atMost(2.0)"], ["atMost(90.0)"]])
  }

  @Test("One thread is held against nothing")
  func oneThread() {
    #expect(!Plan.blocks(threads: 1).flatMap(\.rows).contains { $0.group == .threads })
  }
}
