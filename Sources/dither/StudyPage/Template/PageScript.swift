/// What the page may do.
enum PageScript {
  /// Nothing is loaded, sent or framed. The one script is allowed by its digest: whatever a text held, it would not run.
  static let policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'"

  /// SHA-256 of ``text`` in base64; a test says what it is to be.
  static let digest = "lTfnLX8TkDKeD7unfdQWvGGFSwlTygBV2SCwMI8VecI="

  /// Makes the headers of columns into buttons that sort: rows without a number come last, in either order. Tables that fit are no
  /// stops for the keyboard.
  static let text = #"""

    for (const table of document.querySelectorAll("table.sortable")) {
      const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
      const key = (row, column) => {
        const cell = row.cells[column];
        return cell.dataset.value ?? cell.dataset.key ?? cell.textContent.trim();
      };
      const isNumber = text => text !== "" && Number.isFinite(Number(text));
      const order = (a, b, sign) => {
        if (isNumber(a) && isNumber(b)) return sign * (a - b);
        if (isNumber(a) !== isNumber(b)) return isNumber(a) ? -1 : 1;
        return sign * a.localeCompare(b, "en");
      };
      heads.forEach((head, column) => {
        const button = document.createElement("button");
        button.type = "button";
        button.append(...head.childNodes);
        head.append(button);
        button.addEventListener("click", () => {
          const sign = head.ariaSort === "ascending" ? -1 : 1;
          for (const other of heads) other.removeAttribute("aria-sort");
          head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
          const rows = [...body.rows].map(row => [key(row, column), row]);
          rows.sort((a, b) => order(a[0], b[0], sign));
          body.append(...rows.map(row => row[1]));
        });
      });
    }
    for (const box of document.querySelectorAll(".scroll")) {
      if (box.clientWidth > 0 && box.clientWidth >= box.scrollWidth) box.removeAttribute("tabindex");
    }

    """#
}
