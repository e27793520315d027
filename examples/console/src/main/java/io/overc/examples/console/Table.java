package io.overc.examples.console;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints rows with aligned columns. Not thread-safe. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  /** Makes an empty table. */
  public Table() {}

  /**
   * Adds a row.
   *
   * @param cells its texts, one for each column
   * @return this
   */
  public Table row(String... cells) {
    rows.add(List.of(cells));
    return this;
  }

  /**
   * Prints the rows, two blanks between the columns and none at the ends of lines.
   *
   * @param out where to
   * @param indent what each line begins with
   */
  public void print(PrintStream out, String indent) {
    List<Integer> widths = new ArrayList<>();
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        int width = row.get(i).length();
        if (i == widths.size()) {
          widths.add(width);
        } else {
          widths.set(i, Math.max(widths.get(i), width));
        }
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i)).append(" ".repeat(widths.get(i) - row.get(i).length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
