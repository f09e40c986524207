import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import java.util.List;
import java.util.regex.Pattern;

/** What still carries an old name and is not in the tables: rows that somebody may want. */
final class Proposals {

  private final Plan plan;
  private final Report report;

  private Proposals(Plan plan, Report report) {
    this.plan = plan;
    this.report = report;
  }

  static void find(List<Unit> units, Plan plan, Report report) {
    Proposals all = new Proposals(plan, report);
    for (Unit unit : units) {
      for (Unit.Ref ref : unit.refs) {
        if (ref.symbol() instanceof ClassSymbol type
            && ref.scope() != null
            && !plan.name(type).contentEquals(type.name)) {
          all.type(ref.scope().outermostClass(), type);
        } else if (ref.kind() == Unit.Kind.DECLARED && ref.symbol().owner instanceof ClassSymbol) {
          all.member(ref.symbol());
        }
      }
    }
  }

  /** Such as {@code GateTest} of {@code Gate}. */
  private void type(ClassSymbol user, ClassSymbol renamed) {
    String flat = user.flatname.toString();
    String old = renamed.name.toString();
    Pattern part = Pattern.compile("(?<![A-Z])" + old + "(?![a-z0-9])");
    String name = part.matcher(user.name).replaceFirst(plan.name(renamed));
    if (user != renamed && !plan.types.containsKey(flat) && !name.contentEquals(user.name)) {
      String packageName = Names.packageOf(flat);
      boolean together = packageName.equals(Names.packageOf(renamed.flatname.toString()));
      report.add(
          Report.Kind.PROPOSED,
          "type\t"
              + flat
              + "\t"
              + Names.join(together ? Names.packageOf(plan.mapped(renamed)) : packageName, name));
    }
  }

  /** Components, methods and constants that are called like their type. */
  private void member(Symbol member) {
    boolean component =
        member instanceof VarSymbol
            && !member.isStatic()
            && (member.owner.flags() & Flags.RECORD) != 0;
    boolean method = member instanceof MethodSymbol one && !one.isConstructor();
    if (!component && !method || plan.names.containsKey(member)) {
      return;
    }
    var type = member instanceof MethodSymbol one ? one.getReturnType() : member.type;
    if (type.tsym instanceof ClassSymbol named
        && plan.former.containsKey(named.flatname.toString())
        && member.name.contentEquals(Names.lower(plan.former.get(named.flatname.toString())))) {
      report.add(
          Report.Kind.PROPOSED,
          "member\t"
              + ((ClassSymbol) member.owner).flatname
              + "\t"
              + member.name
              + "\t"
              + Names.lower(plan.name(named)));
    }
  }
}
