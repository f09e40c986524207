import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of types in files that are not Java. README.md has the rules. */
final class OtherText {

  /** Published, or history; a patch is made anew by another command. */
  private static final Pattern NEVER =
      Pattern.compile(
          "docs/openapi\\.yaml|CHANGELOG\\.md|LICENSE|build/faults/.*\\.patch|.*\\.(?:json|sql|svg|license|java)");

  private static final Pattern WITH_CODE_SPANS = Pattern.compile(".*\\.md");

  /** Names with several words mean types here, wherever they stand. */
  private static final Pattern COMMANDS =
      Pattern.compile(
          "[^/.]+|.*\\.sh|.*pom\\.xml|build/.*|scripts/.*|\\.ci/.*|.*/scripts/.*|.*/META-INF/.*|.*\\.tsv|.*\\.cli");

  private static final Pattern PAGE = Pattern.compile(".*\\.xhtml|.*\\.xml");
  private static final Pattern EXPRESSION = Pattern.compile("[#$]\\{([^}]*)}");
  private static final Pattern PROPERTY = Pattern.compile("\\.(\\w+)");
  private static final Pattern FENCE = Pattern.compile("(?m)^ *```");
  private static final Pattern SPAN = Pattern.compile("`[^`\n]+`");

  private final Repository repository;
  private final Plan plan;
  private final Words words;
  private final Beans beans;
  private final Set<String> schemas;
  private final Report report;
  private final Set<String> properties = new TreeSet<>();

  OtherText(
      Repository repository,
      Plan plan,
      Words words,
      Beans beans,
      Set<String> schemas,
      Report report) {
    this.repository = repository;
    this.plan = plan;
    this.words = words;
    this.beans = beans;
    this.schemas = schemas;
    this.report = report;
    for (Symbol symbol : plan.names.keySet()) {
      String name = symbol.name.toString();
      if (symbol instanceof MethodSymbol) {
        properties.add(name);
        properties.add(Names.lower(name.replaceFirst("^(?:get|is)(?=[A-Z])", "")));
      }
    }
  }

  /** Path to new text of every file that changes. */
  Map<String, String> edited(List<String> left) throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String path : repository.others()) {
      Optional<String> text = left.contains(path) ? Optional.empty() : repository.text(path);
      if (text.isPresent()) {
        String edited = edit(path, text.get());
        if (!edited.equals(text.get())) {
          all.put(path, edited);
        }
      }
    }
    return all;
  }

  private String edit(String path, String text) {
    FileEdits edits = new FileEdits();
    boolean never = NEVER.matcher(path).matches();
    if (path.endsWith(".patch")) {
      return text;
    }
    qualified(path, text, never, edits);
    if (PAGE.matcher(path).matches()) {
      expressions(path, text, edits);
    }
    Set<Integer> code = WITH_CODE_SPANS.matcher(path).matches() ? codeSpans(text) : null;
    Matcher word = Words.SIMPLE.matcher(text);
    while (word.find()) {
      simple(path, text, word, never, code, edits);
    }
    return edits.apply(text);
  }

  private void qualified(String path, String text, boolean never, FileEdits edits) {
    Matcher name = Words.QUALIFIED.matcher(text);
    while (name.find()) {
      String renamed = words.qualified(name.group());
      if (!renamed.equals(name.group())) {
        if (never) {
          look(path, text, name.start(), name.group() + ", left as published or history");
        } else {
          replace(path, text, name.start(), name.end(), renamed, edits);
        }
      } else {
        String packageName =
            name.group().replace('/', '.').replaceFirst("^.*?org\\.hikae", "org.hikae");
        if (words.gone().stream().anyMatch(packageName::startsWith) && words.isGone(packageName)) {
          look(path, text, name.start(), packageName + " has no type any more");
        }
      }
    }
  }

  private void expressions(String path, String text, FileEdits edits) {
    Matcher expression = EXPRESSION.matcher(text);
    while (expression.find()) {
      beans.edit(
          text,
          expression.start(1),
          expression.end(1),
          edits,
          (place, what) -> report.add(Report.Kind.TEXT, at(path, text, place) + ": " + what));
      Matcher property = PROPERTY.matcher(expression.group(1));
      while (property.find()) {
        if (properties.contains(property.group(1))) {
          look(
              path,
              text,
              expression.start(1) + property.start(),
              property.group(1) + " may be a member that is renamed: " + expression.group());
        }
      }
    }
  }

  private void simple(
      String path, String text, Matcher word, boolean never, Set<Integer> code, FileEdits edits) {
    int start = word.start(1);
    String old = word.group(1);
    boolean several = Names.hasSeveralWords(old);
    boolean isPart =
        start > 0
            && "./$-".indexOf(text.charAt(start - 1)) >= 0
            && !isSourceFile(text, word.end(1));
    if (edits.touches(start, word.end(1)) || isPart && !text.startsWith("-", start - 1)) {
      return;
    }
    boolean inCode = code != null && code.contains(start);
    boolean alone =
        inCode
            && "`".indexOf(text.charAt(start - 1)) >= 0
            && "`.#(".indexOf(text.charAt(word.end(1))) >= 0;
    String renamed = words.unique(old);
    if (words.isOld(old)) {
      boolean known =
          code == null ? COMMANDS.matcher(path).matches() && several : inCode && (several || alone);
      if (!never
          && renamed != null
          && (known || isSourceFile(text, word.end(1)))
          && !schemas.contains(old)) {
        replace(path, text, start, word.end(1), renamed, edits);
      } else if (several || inCode) {
        look(path, text, start, old + (renamed == null ? ", which could be several things" : ""));
      }
    }
    if (word.group(3) != null && !never && (inCode || code == null)) {
      String member = words.member(old, word.group(3));
      if (member != null) {
        replace(path, text, word.start(3), word.end(3), member, edits);
      }
    }
  }

  private static boolean isSourceFile(String text, int end) {
    return text.startsWith(".java", end) || text.startsWith(".class", end);
  }

  /** The places within backticks and fenced blocks. */
  private static Set<Integer> codeSpans(String text) {
    Set<Integer> all = new HashSet<>();
    Matcher fence = FENCE.matcher(text);
    int from = 0;
    StringBuilder outside = new StringBuilder(text);
    while (fence.find(from)) {
      int start = fence.end();
      int end = fence.find(start) ? fence.start() : text.length();
      for (int i = start; i < end; i++) {
        all.add(i);
        outside.setCharAt(i, text.charAt(i) == '\n' ? '\n' : ' ');
      }
      from = Math.min(end + 3, text.length());
      if (end >= text.length()) {
        break;
      }
    }
    Matcher span = SPAN.matcher(outside);
    while (span.find()) {
      for (int i = span.start(); i < span.end(); i++) {
        all.add(i);
      }
    }
    return all;
  }

  private void replace(
      String path, String text, int start, int end, String renamed, FileEdits edits) {
    if (!edits.touches(start, end)) {
      edits.replace(start, end, renamed);
      report.add(
          Report.Kind.TEXT,
          at(path, text, start) + ": " + text.substring(start, end) + " -> " + renamed);
    }
  }

  private void look(String path, String text, int start, String what) {
    report.add(Report.Kind.LOOK, at(path, text, start) + ": " + what);
  }

  private static String at(String path, String text, int start) {
    return path + ":" + (text.substring(0, start).chars().filter(c -> c == '\n').count() + 1);
  }
}
