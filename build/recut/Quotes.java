import com.sun.tools.javac.code.Symbol.ClassSymbol;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Strings that quote a source, such as those of planted faults: a path of the source, then lines of
 * it and what is put in their place. Names in them become what they become in that source.
 */
final class Quotes {

  private static final Pattern PATH = Pattern.compile("\"((?:\\w+/)+(\\w+))\"");
  private static final Pattern NAME = Pattern.compile("(?<![\\w$\\\\])[A-Za-z_$][\\w$]*");

  private final Plan plan;
  private final Unit unit;
  private final Report report;
  private Unit quoted;
  private Map<String, String> names = new HashMap<>();

  Quotes(Plan plan, Unit unit, Report report) {
    this.plan = plan;
    this.unit = unit;
    this.report = report;
  }

  void edit(Lexer.Token token) {
    if (!unit.place.set().equals("test")) {
      return;
    }
    String text = unit.text.substring(token.start(), token.end());
    Matcher path = PATH.matcher(text);
    if (path.matches()) {
      quoted = sourceOf(path.group(1));
      names = quoted == null ? new HashMap<>() : namesOf(quoted);
      if (quoted != null) {
        path(token, path.group(1));
      }
    } else if (quoted != null && text.matches("(?s).*[(.;=].*")) {
      names.putAll(namesAt(text));
      Matcher name = NAME.matcher(text);
      while (name.find()) {
        String renamed = names.get(name.group());
        int start = token.start() + name.start();
        if (renamed != null && !unit.edits.touches(start, start + name.group().length())) {
          unit.edits.replace(start, start + name.group().length(), renamed);
          report.add(
              Report.Kind.TEXT,
              unit.at(start)
                  + ": "
                  + name.group()
                  + " -> "
                  + renamed
                  + ", quoted from "
                  + quoted.path);
        }
      }
    }
  }

  /** The path itself, from where it begins: {@code core/Login}. */
  private void path(Lexer.Token token, String old) {
    String flat = Names.join(quoted.packageName(), Names.simple(old.replace('/', '.')));
    String full = flat.replace('.', '/');
    String renamed = plan.mapped(flat).replace('.', '/');
    String above = full.substring(0, full.length() - old.length());
    if (!renamed.equals(full)
        && renamed.startsWith(above)
        && !unit.edits.touches(token.start(), token.end())) {
      String path = renamed.substring(above.length());
      unit.edits.replace(token.start() + 1, token.end() - 1, path);
      report.add(Report.Kind.TEXT, unit.at(token.start()) + ": " + old + " -> " + path);
    }
  }

  /** What a line that the source has once names there; one name may mean two things elsewhere. */
  private Map<String, String> namesAt(String literal) {
    Map<String, String> all = new HashMap<>();
    String line = literal.substring(1, literal.length() - 1).translateEscapes();
    int at = quoted.text.indexOf(line);
    if (at < 0 || at != quoted.text.lastIndexOf(line)) {
      return all;
    }
    for (Unit.Ref ref : quoted.refs) {
      boolean written = ref.kind() == Unit.Kind.SIMPLE || ref.kind() == Unit.Kind.SELECT;
      if (written && ref.start() >= at && ref.end() <= at + line.length()) {
        String old = quoted.text.substring(ref.start(), ref.end());
        if (old.contentEquals(ref.symbol().name)) {
          all.put(old, plan.name(ref.symbol()));
        }
      }
    }
    return all;
  }

  private Unit sourceOf(String path) {
    String end = "/" + path + ".java";
    for (Unit one : plan.units.values()) {
      if (one.path.endsWith(end) && one.place.module().equals(unit.place.module())) {
        return one;
      }
    }
    return null;
  }

  /** Names that mean renamed things wherever they stand in a source. */
  private Map<String, String> namesOf(Unit source) {
    Map<String, String> all = new HashMap<>();
    Set<String> several = new HashSet<>();
    for (Unit.Ref ref : source.refs) {
      if (ref.kind() == Unit.Kind.IMPLICIT
          || ref.kind() == Unit.Kind.QUALIFIED
          || ref.kind() == Unit.Kind.PACKAGE) {
        continue;
      }
      String old = source.text.substring(ref.start(), ref.end());
      String name =
          ref.symbol() instanceof ClassSymbol type && !old.contentEquals(type.name)
              ? old
              : plan.name(ref.symbol());
      String other = all.putIfAbsent(old, name);
      if (other != null && !other.equals(name)) {
        several.add(old);
      }
    }
    all.keySet().removeAll(several);
    all.entrySet().removeIf(one -> one.getKey().equals(one.getValue()));
    return all;
  }
}
