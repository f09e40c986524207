import java.util.ArrayList;
import java.util.List;

/** Comments and strings of a Java source. */
final class Lexer {

  enum Kind {
    COMMENT,
    STRING
  }

  /**
   * @param start where its text begins, with the quotes or the slashes
   * @param end behind them
   */
  record Token(Kind kind, int start, int end) {}

  private Lexer() {}

  static List<Token> tokens(String text) {
    List<Token> all = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      int start = i;
      if (text.startsWith("//", i)) {
        i = lineEnd(text, i);
        all.add(new Token(Kind.COMMENT, start, i));
      } else if (text.startsWith("/*", i)) {
        i = text.indexOf("*/", i + 2) + 2;
        all.add(new Token(Kind.COMMENT, start, i));
      } else if (text.startsWith("\"\"\"", i)) {
        i = closing(text, i + 3, "\"\"\"");
        all.add(new Token(Kind.STRING, start, i));
      } else if (text.charAt(i) == '"') {
        i = closing(text, i + 1, "\"");
        all.add(new Token(Kind.STRING, start, i));
      } else if (text.charAt(i) == '\'') {
        i = closing(text, i + 1, "'");
      } else {
        i++;
      }
    }
    return all;
  }

  private static int lineEnd(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  private static int closing(String text, int from, String quotes) {
    int i = from;
    while (!text.startsWith(quotes, i)) {
      i += text.charAt(i) == '\\' ? 2 : 1;
    }
    return i + quotes.length();
  }
}
