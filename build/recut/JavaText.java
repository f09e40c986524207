import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.tree.JCTree;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of types in comments and strings of Java sources. */
final class JavaText {

  /** Behind these words a query of JPA has the name of an entity. */
  private static final Pattern BEFORE_ENTITY =
      Pattern.compile("(?is).*(?:\\b(?:from|join|update|into|as|type\\(\\w+\\)\\s*=)|,)\\s+");

  private static final Pattern BEFORE_BEAN = Pattern.compile("(?s).*@DependsOn\\([^)]*");
  private static final Pattern SOURCE_FILE = Pattern.compile("\\.(?:java|class)\\b.*");
  private static final Pattern EL_START = Pattern.compile("#\\{");

  private final Plan plan;
  private final Words words;
  private final Scopes scopes;
  private final Beans beans;
  private final Set<String> entities;
  private final Set<String> schemas;
  private final Report report;

  JavaText(
      Plan plan,
      Words words,
      Scopes scopes,
      Beans beans,
      Set<String> entities,
      Set<String> schemas,
      Report report) {
    this.plan = plan;
    this.words = words;
    this.scopes = scopes;
    this.beans = beans;
    this.entities = entities;
    this.schemas = schemas;
    this.report = report;
  }

  void edit(Unit unit) {
    List<Lexer.Token> tokens = Lexer.tokens(unit.text);
    Lexer.Token before = null;
    Quotes quotes = new Quotes(plan, unit, report);
    for (Lexer.Token token : tokens) {
      qualified(unit, token);
      if (token.kind() == Lexer.Kind.COMMENT) {
        comment(unit, token);
      } else {
        string(unit, token, before);
        quotes.edit(token);
        before = token;
      }
    }
  }

  private void qualified(Unit unit, Lexer.Token token) {
    Matcher name = Words.QUALIFIED.matcher(unit.text).region(token.start(), token.end());
    while (name.find()) {
      String text = words.qualified(name.group());
      if (unit.edits.touches(name.start(), name.end())) {
        continue;
      }
      if (!text.equals(name.group())) {
        replace(unit, name.start(), name.end(), text);
      } else {
        String packageName =
            name.group().replace('/', '.').replaceFirst("^.*?org\\.hikae", "org.hikae");
        if (words.isGone(packageName)) {
          look(unit, name.start(), packageName + " has no type any more");
        }
      }
    }
  }

  private void comment(Unit unit, Lexer.Token token) {
    Matcher word = Words.SIMPLE.matcher(unit.text).region(token.start(), token.end());
    while (word.find()) {
      int start = word.start(1);
      int end = word.end(1);
      String old = word.group(1);
      if (!words.isOld(old) && word.group(3) == null
          || unit.edits.touches(start, end)
          || isPartOfName(unit.text, start)) {
        continue;
      }
      ClassSymbol near = scopes.resolve(unit, scope(unit), old);
      String name = near == null ? words.unique(old) : plan.name(near);
      if (near == null && name == null && words.isOld(old)) {
        look(unit, start, old + " in a comment could be several things");
        continue;
      }
      boolean code = isCode(unit.text, start, end);
      if (name != null && !name.equals(old)) {
        if (code || Names.hasSeveralWords(old)) {
          replace(unit, start, end, name);
        } else if (!beginsSentence(unit.text, start)) {
          look(unit, start, old + " in a comment");
        }
      }
      member(unit, word);
    }
  }

  private void member(Unit unit, Matcher word) {
    if (word.group(3) != null) {
      String renamed = words.member(word.group(1), word.group(3));
      if (renamed != null && !unit.edits.touches(word.start(3), word.end(3))) {
        replace(unit, word.start(3), word.end(3), renamed);
      }
    }
  }

  private static boolean isCode(String text, int start, int end) {
    String before = text.substring(Math.max(0, start - 8), start);
    char after = end + 1 < text.length() ? text.charAt(end) : ' ';
    return before.matches("(?s).*\\{@code\\s+")
        || (after == '.' || after == '#') && Character.isJavaIdentifierStart(text.charAt(end + 1));
  }

  /** There a word of prose has a capital letter, too. */
  private static boolean beginsSentence(String text, int start) {
    return !text.substring(Math.max(0, start - 12), start).matches("(?s).*[a-z,`(](?:\\s|\\*)+");
  }

  private static boolean isPartOfName(String text, int start) {
    return start > 0 && (text.charAt(start - 1) == '.' || text.charAt(start - 1) == '/');
  }

  /** What stands in the first type of the source sees its members. */
  private static ClassSymbol scope(Unit unit) {
    for (JCTree part : unit.tree.defs) {
      if (part instanceof JCTree.JCClassDecl type) {
        return type.sym;
      }
    }
    return null;
  }

  private void string(Unit unit, Lexer.Token token, Lexer.Token before) {
    Matcher el = EL_START.matcher(unit.text).region(token.start(), token.end());
    while (el.find()) {
      int end = unit.text.indexOf('}', el.end());
      beans.edit(
          unit.text,
          el.end(),
          end < 0 ? token.end() : end,
          unit.edits,
          (place, what) -> report.add(Report.Kind.TEXT, unit.at(place) + ": " + what));
    }
    Matcher word = Words.SIMPLE.matcher(unit.text).region(token.start(), token.end());
    while (word.find()) {
      int start = word.start(1);
      int end = word.end(1);
      String old = word.group(1);
      if (!words.isOld(old)) {
        path(unit, start, old);
      }
      if (!words.isOld(old) || unit.edits.touches(start, end)) {
        continue;
      }
      String name = words.unique(old);
      if (entities.contains(old) && isEntity(unit.text, token, before, start)) {
        String entity = plan.name(scopesEntity(old));
        if (!entity.equals(old)) {
          replace(unit, start, end, entity);
        }
      } else if (name != null && meansType(unit, token, start, end)) {
        replace(unit, start, end, name);
        path(unit, start, old);
      } else if (Names.hasSeveralWords(old) || isWhole(token, start, end)) {
        look(unit, start, old + " in a string");
      }
      member(unit, word);
    }
  }

  private boolean meansType(Unit unit, Lexer.Token token, int start, int end) {
    String text = unit.text;
    if (BEFORE_BEAN
        .matcher(text.substring(Math.max(0, token.start() - 60), token.start()))
        .matches()) {
      return true;
    }
    if (SOURCE_FILE.matcher(text.substring(end, Math.min(text.length(), end + 12))).lookingAt()) {
      return true;
    }
    if (pathStart(unit, start) >= 0) {
      return true;
    }
    String old = text.substring(start, end);
    return unit.place.set().equals("test")
        && isWhole(token, start, end)
        && Names.hasSeveralWords(old)
        && !schemas.contains(old);
  }

  private static boolean isWhole(Lexer.Token token, int start, int end) {
    return token.start() + 1 == start && token.end() - 1 == end;
  }

  /** Where a path such as {@code core/Gate} begins, which ends with the type; else -1. */
  private int pathStart(Unit unit, int start) {
    ClassSymbol type = only(wordAt(unit.text, start));
    if (type == null || start == 0 || unit.text.charAt(start - 1) != '/') {
      return -1;
    }
    int from = start;
    while (from > 0
        && (Character.isJavaIdentifierPart(unit.text.charAt(from - 1))
            || unit.text.charAt(from - 1) == '/')) {
      from--;
    }
    String written = unit.text.substring(from, start) + type.name;
    String path = type.flatname.toString().replace('.', '/');
    return path.endsWith("/" + written) ? from : -1;
  }

  /** The package in front of a type in a path that begins somewhere within the package. */
  private void path(Unit unit, int start, String old) {
    int from = pathStart(unit, start);
    if (from >= 0) {
      String written = unit.text.substring(from, start);
      String path = only(old).flatname.toString().replace('.', '/');
      String base = path.substring(0, path.length() - old.length() - written.length());
      String mapped = plan.mapped(only(old)).replace('.', '/');
      if (!mapped.startsWith(base)) {
        look(unit, from, mapped + " does not lie below " + base);
        return;
      }
      String leaf = mapped.substring(base.length(), mapped.lastIndexOf('/') + 1);
      if (!leaf.equals(written)) {
        replace(unit, from, start, leaf);
      }
    }
  }

  private static String wordAt(String text, int start) {
    int end = start;
    while (Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end);
  }

  private ClassSymbol only(String simple) {
    List<ClassSymbol> all =
        plan.classes.values().stream().filter(one -> one.name.contentEquals(simple)).toList();
    return all.size() == 1 ? all.getFirst() : null;
  }

  private ClassSymbol scopesEntity(String simple) {
    return plan.classes.values().stream()
        .filter(one -> one.name.contentEquals(simple) && Published.isEntity(one))
        .findFirst()
        .orElseThrow();
  }

  /** Strings that are added to each other make one query. */
  private static boolean isEntity(String text, Lexer.Token token, Lexer.Token before, int start) {
    String query = text.substring(token.start() + 1, start);
    if (before != null && text.substring(before.end(), token.start()).matches("\\s*\\+\\s*")) {
      query = text.substring(before.start() + 1, before.end() - 1) + query;
    }
    return BEFORE_ENTITY.matcher(query).matches();
  }

  private void replace(Unit unit, int start, int end, String text) {
    unit.edits.replace(start, end, text);
    report.add(
        Report.Kind.TEXT, unit.at(start) + ": " + unit.text.substring(start, end) + " -> " + text);
  }

  private void look(Unit unit, int start, String what) {
    report.add(Report.Kind.LOOK, unit.at(start) + ": " + what);
  }
}
