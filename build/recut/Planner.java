import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a plan of the tables, for one phase. */
final class Planner {

  private final Tables tables;
  private final Options.Phase phase;
  private final Plan plan;
  private final Types types;
  private final Report report;

  /** Flat names of the tables to those that these types have now, in the phase of names. */
  private final Map<String, String> now = new HashMap<>();

  Planner(Tables tables, Options.Phase phase, Plan plan, Types types, Report report) {
    this.tables = tables;
    this.phase = phase;
    this.plan = plan;
    this.types = types;
    this.report = report;
  }

  void make() {
    List<Tables.TypeRow> rows = expanded();
    Map<String, Tables.TypeRow> byMiddle = new HashMap<>();
    rows.forEach(row -> byMiddle.putIfAbsent(middle(row), row));
    for (Tables.TypeRow row : rows) {
      if (!Names.isNested(row.from())) {
        add(row, byMiddle);
      }
    }
    for (Tables.TypeRow row : rows) {
      if (Names.isNested(row.from())) {
        addNested(row);
      }
    }
    checkUnique();
    if (phase.renamesMembers()) {
      tables.members().forEach(this::addMembers);
    }
  }

  /** Rows of whole packages become rows of their types. */
  private List<Tables.TypeRow> expanded() {
    List<Tables.TypeRow> all = new ArrayList<>();
    Set<String> single = new HashSet<>();
    tables.types().forEach(row -> single.add(row.from()));
    for (Tables.TypeRow row : tables.types()) {
      if (!row.from().endsWith(".*")) {
        all.add(row);
        continue;
      }
      String from = row.from().substring(0, row.from().length() - 2);
      String to = row.to().replaceFirst("\\.\\*$", "");
      for (String flat : plan.units.keySet().stream().sorted().toList()) {
        if (Names.packageOf(flat).equals(from) && !single.contains(flat)) {
          all.add(
              new Tables.TypeRow(
                  flat,
                  Names.join(to, Names.simple(flat)),
                  row.place(),
                  row.widens(),
                  row.keepsVariables(),
                  row.where()));
        }
      }
      if (phase.movesTypes()) {
        plan.packages.put(from, to);
      }
    }
    return all;
  }

  /** The name between the phases: in the new package, but not renamed yet. */
  private static String middle(Tables.TypeRow row) {
    return Names.isNested(row.from())
        ? row.from()
        : Names.join(Names.packageOf(row.to()), Names.simple(row.from()));
  }

  /**
   * Whether a type moves and is renamed in one step, because its name is taken in the new package
   * until others are renamed.
   */
  private boolean isAtOnce(Tables.TypeRow row, Map<String, Tables.TypeRow> byMiddle) {
    String middle = middle(row);
    if (middle.equals(row.from()) || phase == Options.Phase.ALL) {
      return false;
    }
    if (phase == Options.Phase.MOVE) {
      return plan.units.containsKey(middle) || byMiddle.get(middle) != row;
    }
    Tables.TypeRow other = byMiddle.get(row.from());
    return plan.units.containsKey(row.from()) && (other == null || isAtOnce(other, byMiddle));
  }

  private void add(Tables.TypeRow row, Map<String, Tables.TypeRow> byMiddle) {
    boolean atOnce = phase != Options.Phase.MEMBERS && isAtOnce(row, byMiddle);
    String from = row.from();
    String to = row.to();
    if (phase == Options.Phase.MEMBERS) {
      from = to;
    } else if (phase == Options.Phase.MOVE) {
      to = atOnce ? from : middle(row);
    } else if (phase.renamesTypes() && !phase.movesTypes() && !atOnce) {
      from = middle(row);
    }
    now.put(row.from(), from);
    if (!plan.units.containsKey(from)) {
      report.add(Report.Kind.BROKEN, row.where() + ": there is no type " + from);
      return;
    }
    Unit unit = plan.units.get(from);
    if (!unit.path.endsWith("/" + Names.simple(from) + ".java")) {
      report.add(
          Report.Kind.BROKEN, row.where() + ": " + from + " shares the file of another type");
      return;
    }
    if (plan.types.put(from, to) != null) {
      report.add(Report.Kind.BROKEN, row.where() + ": " + from + " has two rows");
    }
    note(row, from);
    if (row.place() != null && (phase.movesTypes() && !atOnce || phase.renamesTypes() && atOnce)) {
      plan.places.put(from, Place.named(row.place()));
    }
  }

  private void note(Tables.TypeRow row, String from) {
    if (row.widens()) {
      plan.widened.add(from);
    }
    String old = Names.simple(row.from());
    if (phase.renamesMembers() && !row.keepsVariables() && !old.equals(Names.simple(row.to()))) {
      plan.former.put(from, old);
    }
  }

  private void addNested(Tables.TypeRow row) {
    String outer = Names.outermost(row.from());
    String from = now.getOrDefault(outer, outer) + row.from().substring(outer.length());
    if (!Names.isNested(row.to())) {
      report.add(Report.Kind.BROKEN, row.where() + ": a nested type cannot become another kind");
      return;
    }
    if (phase == Options.Phase.MEMBERS) {
      from = row.to();
    }
    if (!plan.classes.containsKey(from)) {
      report.add(Report.Kind.BROKEN, row.where() + ": there is no type " + from);
      return;
    }
    if (phase.renamesTypes()) {
      plan.types.put(from, row.to());
    }
    note(row, from);
  }

  private void checkUnique() {
    Map<String, String> taken = new HashMap<>();
    for (String flat : plan.classes.keySet().stream().sorted().toList()) {
      String other = taken.put(plan.mapped(flat), flat);
      if (other != null) {
        report.add(
            Report.Kind.BROKEN, other + " and " + flat + " would both be " + plan.mapped(flat));
      }
    }
  }

  private void addMembers(Tables.MemberRow row) {
    String outer = Names.outermost(row.type());
    String flat = now.getOrDefault(outer, outer) + row.type().substring(outer.length());
    if (phase == Options.Phase.MEMBERS) {
      flat = last(row.type());
    }
    ClassSymbol type = plan.classes.get(flat);
    boolean found = false;
    if (type != null) {
      for (Symbol member : type.members().getSymbols()) {
        if (member.name.contentEquals(row.from()) && !(member instanceof ClassSymbol)) {
          found = true;
          rename(member, row);
        }
      }
    }
    if (!found) {
      report.add(Report.Kind.BROKEN, row.where() + ": " + flat + " has no member " + row.from());
    }
  }

  /** The name of a type after all rows, nested ones among them. */
  private String last(String flat) {
    for (Tables.TypeRow row : tables.types()) {
      if (row.from().equals(flat)) {
        return row.to();
      }
    }
    int dollar = flat.lastIndexOf('$');
    return dollar < 0 ? flat : last(flat.substring(0, dollar)) + flat.substring(dollar);
  }

  private void rename(Symbol member, Tables.MemberRow row) {
    plan.names.put(member, row.to());
    String what = row.type() + "." + row.from();
    if (member instanceof VarSymbol && (member.flags() & Flags.ENUM) != 0) {
      report.add(Report.Kind.PUBLISHED, what + ": a constant's name may be stored or sent");
    } else if (member instanceof VarSymbol && (member.flags() & Flags.RECORD) != 0) {
      report.add(Report.Kind.PUBLISHED, what + ": a component's name may be that of JSON");
      renameParameter((ClassSymbol) member.owner, row);
    }
    if (member instanceof MethodSymbol method && !method.isStatic()) {
      family(method, row);
    }
  }

  /** The canonical constructor calls its parameters as the components are called. */
  private void renameParameter(ClassSymbol type, Tables.MemberRow row) {
    for (Symbol member : type.members().getSymbols()) {
      if (member instanceof MethodSymbol one
          && one.isConstructor()
          && (one.flags() & Flags.RECORD) != 0) {
        for (VarSymbol parameter : one.params()) {
          if (parameter.name.contentEquals(row.from())) {
            plan.names.put(parameter, row.to());
          }
        }
      }
    }
  }

  /** All methods that override it or are overridden by it. */
  private void family(MethodSymbol method, Tables.MemberRow row) {
    for (var above : types.closure(method.enclClass().type)) {
      for (Symbol other : above.tsym.members().getSymbolsByName(method.name)) {
        if (other != method
            && other instanceof MethodSymbol overridden
            && method.overrides(overridden, method.enclClass(), types, false)
            && !plan.isOurs(overridden.enclClass())) {
          report.add(
              Report.Kind.BROKEN,
              row.where() + ": " + row.from() + " overrides one of " + overridden.enclClass());
        }
      }
    }
    Set<ClassSymbol> all = new HashSet<>(plan.classes.values());
    for (ClassSymbol type : all) {
      for (Symbol other : type.members().getSymbolsByName(method.name)) {
        if (other instanceof MethodSymbol one
            && one != method
            && !plan.names.containsKey(one)
            && (one.overrides(method, one.enclClass(), types, false)
                || method.overrides(one, method.enclClass(), types, false))) {
          plan.names.put(one, row.to());
          family(one, row);
        }
      }
    }
  }
}
