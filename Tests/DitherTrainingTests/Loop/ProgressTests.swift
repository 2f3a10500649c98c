import DitherData
import DitherTraining
import Testing

@Suite("Progress")
struct ProgressTests {
  @Test("The line says epoch, batch, loss, figure, learning rate and the time left")
  func line() {
    let line = ProgressLine(
      epoch: 2, epochs: 10, batch: 45, batches: 120, loss: 0.34128,
      figure: (name: "accuracy", value: 0.96118), learningRate: 1e-3, secondsLeft: 79.6)
    #expect(
      line.text()
        == "epoch 3/10  batch 45/120  loss 0.3413  accuracy 0.9612  rate 0.001  1:20 left")
    let first = ProgressLine(epoch: 0, epochs: 1, batch: 0, batches: 3, learningRate: 2.5e-5)
    #expect(first.text() == "epoch 1/1  batch 0/3  rate 2.5e-05")
  }

  @Test(
    "Times are in hours, minutes and seconds",
    arguments: [
      (0.0, "0:00"), (44.6, "0:45"), (185, "3:05"), (3599.7, "1:00:00"), (7620, "2:07:00"),
      (-1, "0:00"), (.infinity, "277777:46:40"),
    ] as [(Double, String)])
  func times(seconds: Double, text: String) {
    let line = ProgressLine(
      epoch: 0, epochs: 1, batch: 1, batches: 3, learningRate: 1, secondsLeft: seconds)
    #expect(line.text() == "epoch 1/1  batch 1/3  rate 1  \(text) left")
  }

  @Test(
    "What has no room in a line is left out: the learning rate, then the figure, never the time left"
  )
  func narrow() {
    var line = ProgressLine(
      epoch: 99, epochs: 100, batch: 4500, batches: 12_000, loss: 0.34128,
      figure: (name: "accuracy", value: 0.96118), learningRate: 1e-3, secondsLeft: 79.6)
    #expect(
      line.text() == "epoch 100/100  batch 4500/12000  loss 0.3413  accuracy 0.9612  1:20 left")
    line.figure = (name: "a figure with a long name", value: 1)
    #expect(line.text() == "epoch 100/100  batch 4500/12000  loss 0.3413  1:20 left")
    line.loss = 1e60
    #expect(line.text().count == 79)
    line.loss = 0.34128
    #expect(line.text(columns: 60) == "epoch 100/100  batch 4500/12000  loss 0.3413  1:20 left")
    #expect(line.text(columns: 20).count == 19)
  }

  /// A display with a clock of its own.
  private final class Screen {
    var time = 100.0
    var text = ""

    func display(isTerminal: Bool, columns: Int = 80) -> ProgressDisplay {
      ProgressDisplay(
        isTerminal: isTerminal, columns: { columns }, now: { self.time },
        write: { self.text += $0 })
    }
  }

  private func line(_ elapsed: Double) -> ProgressLine {
    ProgressLine(epoch: 0, epochs: 1, batch: Int(elapsed), batches: 9, learningRate: 1)
  }

  @Test(
    "Nothing is drawn in the first two seconds; then the line is drawn over itself, ten times a second at most"
  )
  func drawn() {
    let screen = Screen()
    var display = screen.display(isTerminal: true)
    for time in [100, 101, 101.99] {
      screen.time = time
      display.update(line)
    }
    display.finish()
    #expect(screen.text == "")
    for time in [102, 102.05, 102.09, 105] {
      screen.time = time
      display.update(line)
    }
    display.finish()
    display.finish()
    #expect(
      screen.text
        == "\repoch 1/1  batch 2/9  rate 1\u{1B}[K\repoch 1/1  batch 5/9  rate 1\u{1B}[K\n")
  }

  @Test("In a narrow terminal the line does not wrap")
  func narrowTerminal() {
    let screen = Screen()
    var display = screen.display(isTerminal: true, columns: 22)
    screen.time = 105
    display.update(line)
    #expect(screen.text == "\repoch 1/1  batch 5/9\u{1B}[K")
  }

  @Test("Where there is no terminal nothing is drawn, and messages come all the same")
  func quiet() {
    let screen = Screen()
    var display = screen.display(isTerminal: false)
    screen.time = 200
    display.update(line)
    display.say("Interrupted.")
    display.finish()
    #expect(screen.text == "Interrupted.\n")
  }

  @Test(
    "A run shows where it is: the loss so far, the figure of the epoch before, and the time left at its pace"
  )
  func run() throws {
    let (training, validation) = DigitRun.data
    let screen = Screen()
    let trainer = DigitRun.trainer()
    trainer.showsProgress = true
    trainer.display = { screen.display(isTerminal: true) }
    trainer.afterBatch = { _ in
      screen.time += 1
      return .proceed
    }
    let history = try trainer.train(on: training, validation: validation, epochs: 2)
    let lines = screen.text.split(separator: "\r")
    // A batch takes a second, and the time is taken before it has gone by: the third batch is drawn at two seconds.
    #expect(lines.count == 26)
    #expect(lines[0].hasPrefix("epoch 1/2  batch 3/14  loss "))
    #expect(lines[0].hasSuffix("  rate 0.005  0:17 left\u{1B}[K"))
    let accuracy = try #require(history.epochs[0].validation["accuracy"])
    let figure = String((accuracy * 1e4).rounded() / 1e4)
    #expect(lines[12].hasPrefix("epoch 2/2  batch 1/14  loss "))
    #expect(lines[12].contains("  accuracy \(figure)"))
    #expect(screen.text.hasSuffix("0:00 left\u{1B}[K\n"))
    trainer.showsProgress = false
    screen.text = ""
    try trainer.train(on: training, epochs: 1)
    #expect(screen.text == "")
  }
}
