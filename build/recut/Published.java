import com.sun.tools.javac.code.Attribute;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of types that become names of something that others know or that is stored. */
final class Published {

  private static final String ENTITY = "jakarta.persistence.Entity";
  private static final String TABLE = "jakarta.persistence.Table";

  /** Annotations by which a class's name gets into JSON. */
  private static final Pattern JSON_TYPE =
      Pattern.compile(".*\\.(?:JsonTypeInfo|JsonbTypeInfo|JsonSubTypes)");

  private static final Pattern SCHEMA = Pattern.compile("(?m)^    ([A-Z]\\w*):$");
  private static final Pattern RELATIVE =
      Pattern.compile(
          "(\\w+)\\.class\\s*\\.\\s*getResource(?:AsStream)?\\(\\s*(\"(?!/)[^\"]*\"|\\w+)");
  private static final Pattern NAME_AT_RUNTIME =
      Pattern.compile(
          "(?:(\\w+)\\.class|getClass\\(\\)|\\w+)\\.(getSimpleName|getName|getCanonicalName)\\(\\)");

  private Published() {}

  static boolean isEntity(ClassSymbol type) {
    return annotation(type, ENTITY) != null;
  }

  /** Entities whose name in queries is that of their class. */
  static Set<String> entities(Plan plan) {
    Set<String> all = new TreeSet<>();
    for (ClassSymbol type : plan.classes.values()) {
      Attribute.Compound entity = annotation(type, ENTITY);
      if (entity != null && value(entity, "name") == null) {
        all.add(type.name.toString());
      }
    }
    return all;
  }

  /** Names of schemas in the document of the API. */
  static Set<String> schemas(String openApi) {
    Set<String> all = new TreeSet<>();
    int start = openApi.indexOf("\n  schemas:");
    if (start >= 0) {
      Matcher name = SCHEMA.matcher(openApi).region(start, openApi.length());
      while (name.find()) {
        all.add(name.group(1));
      }
    }
    return all;
  }

  static void check(Plan plan, List<Unit> units, Set<String> schemas, Report report) {
    for (ClassSymbol type : plan.classes.values()) {
      String old = type.name.toString();
      String flat = type.flatname.toString();
      if (!plan.name(type).equals(old)) {
        if (isEntity(type) && annotation(type, TABLE) == null) {
          report.add(Report.Kind.PUBLISHED, flat + ": an entity whose table has its name");
        }
        checkSchema(plan, type, schemas, report);
        for (Attribute.Compound one : type.getAnnotationMirrors()) {
          if (JSON_TYPE.matcher(one.type.tsym.flatName().toString()).matches()) {
            report.add(Report.Kind.PUBLISHED, flat + ": its name may be in JSON by " + one.type);
          }
        }
      }
    }
    units.forEach(unit -> readAtRuntime(plan, unit, report));
  }

  private static void checkSchema(Plan plan, ClassSymbol type, Set<String> schemas, Report report) {
    String flat = type.flatname.toString();
    boolean nested = Names.isNested(flat);
    String old = nested ? outer(flat) + type.name : type.name.toString();
    boolean sent = flat.matches("org\\.hikae\\.[\\w.]+\\.(?:wire|boundary|view|rest)\\.[\\w$]+");
    if (schemas.contains(old)
        && sent
        && annotationNamed(type, "Schema") == null
        && annotationNamed(type, "SchemaName") == null) {
      report.add(
          Report.Kind.PUBLISHED,
          flat
              + " -> "
              + plan.mapped(type)
              + ": schema "
              + old
              + " of the API, kept only by @SchemaName(\""
              + old
              + "\")");
    }
  }

  private static String outer(String flat) {
    String around = flat.substring(0, flat.lastIndexOf('$'));
    return Names.simple(around);
  }

  /** Resources beside a class, and names that a program asks for while it runs. */
  private static void readAtRuntime(Plan plan, Unit unit, Report report) {
    Matcher resource = RELATIVE.matcher(unit.text);
    while (resource.find()) {
      for (Unit.Ref ref : unit.refs) {
        if (ref.start() == resource.start(1)
            && ref.symbol() instanceof ClassSymbol type
            && !Names.packageOf(plan.mapped(type))
                .equals(Names.packageOf(type.flatname.toString()))) {
          report.add(
              Report.Kind.LOOK,
              unit.at(ref.start())
                  + ": "
                  + resource.group(2)
                  + " lies beside "
                  + type.name
                  + ", which moves to "
                  + Names.packageOf(plan.mapped(type)));
        }
      }
    }
    Matcher name = NAME_AT_RUNTIME.matcher(unit.text);
    while (name.find()) {
      boolean simple = !name.group(2).equals("getName");
      for (Unit.Ref ref : unit.refs) {
        if (name.group(1) != null
            && ref.start() == name.start(1)
            && ref.symbol() instanceof ClassSymbol type
            && (simple
                ? !plan.name(type).contentEquals(type.name)
                : !plan.mapped(type).contentEquals(type.flatname))
            && !unit.text.startsWith("System.getLogger(", name.start() - 17)) {
          report.add(
              Report.Kind.LOOK, unit.at(ref.start()) + ": asks for the name of " + type.name);
        }
      }
      if (name.group(1) == null && simple) {
        report.add(Report.Kind.LOOK, unit.at(name.start()) + ": asks for the name of some class");
      }
    }
  }

  static Attribute.Compound annotation(Symbol symbol, String type) {
    return symbol.getAnnotationMirrors().stream()
        .filter(one -> one.type.tsym.flatName().contentEquals(type))
        .findFirst()
        .orElse(null);
  }

  private static Attribute.Compound annotationNamed(Symbol symbol, String simple) {
    return symbol.getAnnotationMirrors().stream()
        .filter(one -> one.type.tsym.name.contentEquals(simple))
        .findFirst()
        .orElse(null);
  }

  static Object value(Attribute.Compound annotation, String element) {
    for (var one : annotation.getElementValues().entrySet()) {
      if (one.getKey().name.contentEquals(element)) {
        return one.getValue().getValue();
      }
    }
    return null;
  }
}
