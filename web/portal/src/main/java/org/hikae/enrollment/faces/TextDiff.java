package org.hikae.enrollment.faces;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hikae.enrollment.view.ConsentDraftView;
import org.hikae.enrollment.view.ConsentVersionView;

/** What differs between two texts, line by line. */
public final class TextDiff {

  /** More lines than this are not compared: 2,000 take 16 MB for a moment. */
  private static final int MAX_LINES = 2000;

  private TextDiff() {}

  /** In which of two texts a line stands. */
  public enum LineKind {
    /** In both. */
    SAME,
    /** In the later one. */
    ADDED,
    /** In the earlier one. */
    REMOVED
  }

  /**
   * A line of either text.
   *
   * @param kind in which of the texts it stands
   * @param text what it says
   */
  public record Line(LineKind kind, String text) {}

  /** What a version says in a language: its title, an empty line, its paragraphs. */
  static String text(ConsentVersionView version, String language) {
    return version.texts().stream()
        .filter(text -> text.language().equals(language))
        .map(text -> whole(text.title(), text.body()))
        .findFirst()
        .orElse("");
  }

  /** The same of the draft. */
  static String text(ConsentDraftView draft, String language) {
    return language.equals("ja")
        ? whole(draft.titleJa(), draft.bodyJa())
        : whole(draft.titleEn(), draft.bodyEn());
  }

  private static String whole(String title, String body) {
    return title.isEmpty() && body.isEmpty() ? "" : title + "\n\n" + body;
  }

  /** Whether nothing of the draft is still to be written. */
  static boolean whole(ConsentDraftView draft) {
    return Stream.of(draft.titleEn(), draft.bodyEn(), draft.titleJa(), draft.bodyJa())
        .noneMatch(String::isBlank);
  }

  /** The lines of both texts in order; what both have in common stands once. */
  static List<Line> between(String before, String after) {
    List<String> old = lines(before);
    List<String> now = lines(after);
    int[][] common = common(old, now);
    List<Line> lines = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < now.size()) {
      if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
        lines.add(new Line(LineKind.SAME, now.get(j++)));
        i++;
      } else if (j == now.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
        lines.add(new Line(LineKind.REMOVED, old.get(i++)));
      } else {
        lines.add(new Line(LineKind.ADDED, now.get(j++)));
      }
    }
    return lines;
  }

  /** Empty lines only part paragraphs. */
  private static List<String> lines(String text) {
    return text.lines().filter(line -> !line.isBlank()).limit(MAX_LINES).toList();
  }

  /** Length of the longest common sequence from each pair of lines on. */
  private static int[][] common(List<String> old, List<String> now) {
    int[][] common = new int[old.size() + 1][now.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = now.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(now.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
