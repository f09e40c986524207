import com.sun.tools.javac.code.Kinds;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.TypeTag;
import com.sun.tools.javac.tree.JCTree;
import com.sun.tools.javac.tree.TreeInfo;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes one source anew: names, package and imports. */
final class Rewriter {

  private final Unit unit;
  private final Plan plan;
  private final Scopes scopes;
  private final Report report;
  private final String newPackage;
  private final Imports imports;

  /** Types by the simple names by which the source will mean them. */
  private final Map<String, String> meant = new HashMap<>();

  private Rewriter(Unit unit, Plan plan, Scopes scopes, Report report) {
    this.unit = unit;
    this.plan = plan;
    this.scopes = scopes;
    this.report = report;
    this.newPackage = plan.packageOf(unit);
    this.imports = new Imports(unit, plan);
  }

  static void rewrite(Unit unit, Plan plan, Scopes scopes, Report report) {
    new Rewriter(unit, plan, scopes, report).rewrite();
  }

  private void rewrite() {
    chooseMeanings();
    unit.refs.forEach(this::edit);
    JCTree.JCPackageDecl declaration = unit.tree.getPackage();
    if (declaration != null && !newPackage.equals(unit.packageName())) {
      int start = TreeInfo.getStartPos(declaration.pid);
      unit.edits.replace(start, start + unit.packageName().length(), newPackage);
    }
    imports.write(meant, newPackage);
  }

  /** Two types of one name in one source: one of them is written with its package. */
  private void chooseMeanings() {
    Map<String, Set<String>> wanted = new TreeMap<>();
    for (Unit.Ref ref : unit.refs) {
      if (ref.kind() == Unit.Kind.SIMPLE && ref.symbol() instanceof ClassSymbol type) {
        if (needsImport(type)) {
          wanted.computeIfAbsent(plan.name(type), _ -> new TreeSet<>()).add(plan.mapped(type));
        }
      }
    }
    for (JCTree part : unit.tree.defs) {
      if (part instanceof JCTree.JCClassDecl type) {
        meant.put(plan.name(type.sym), plan.mapped(type.sym));
      }
    }
    Set<String> before = new HashSet<>();
    unit.refs.forEach(
        ref -> {
          if (ref.symbol() instanceof ClassSymbol type
              && plan.mapped(type).equals(type.flatname.toString())) {
            before.add(plan.mapped(type));
          }
        });
    wanted.forEach(
        (simple, flats) -> {
          String first = flats.stream().filter(before::contains).findFirst().orElse(null);
          meant.putIfAbsent(simple, first == null ? flats.iterator().next() : first);
        });
  }

  /** Not a nested type that is seen because of where the name stands. */
  private boolean needsImport(ClassSymbol type) {
    String flat = type.flatname.toString();
    return !type.type.hasTag(TypeTag.TYPEVAR)
        && !flat.isEmpty()
        && (!Names.isNested(flat) || type.equals(scopes.imports(unit).get(type.name.toString())))
        && type.owner.kind != Kinds.Kind.MTH;
  }

  private void edit(Unit.Ref ref) {
    if (ref.kind() == Unit.Kind.IMPLICIT) {
      return;
    }
    String old = unit.text.substring(ref.start(), ref.end());
    String text = text(ref, old);
    if (!text.equals(old)) {
      unit.edits.replace(ref.start(), ref.end(), text);
    }
  }

  private String text(Unit.Ref ref, String old) {
    if (!(ref.symbol() instanceof ClassSymbol type)) {
      String name = ref.symbol().name.toString();
      return old.equals(name) ? plan.name(ref.symbol()) : old;
    }
    String flat = type.flatname.toString();
    if (ref.kind() == Unit.Kind.QUALIFIED) {
      return plan.mapped(flat).equals(flat) ? old : Names.dotted(plan.mapped(flat));
    }
    if (ref.kind() == Unit.Kind.PACKAGE) {
      return old.equals(Names.packageOf(flat)) ? Names.packageOf(plan.mapped(flat)) : old;
    }
    if (!old.contentEquals(type.name)) {
      return old;
    }
    String simple = plan.name(type);
    if (ref.kind() != Unit.Kind.SIMPLE || !needsImport(type)) {
      return simple;
    }
    String mapped = plan.mapped(flat);
    boolean canBeMeant =
        mapped.equals(meant.get(simple))
            && !isHidden(ref.scope(), simple, type)
            && (!unit.isPackageInfo() || imports.has(type) || isNear(mapped));
    if (canBeMeant) {
      return simple;
    }
    if (!unit.isPackageInfo()) {
      report.add(
          Report.Kind.LOOK,
          unit.at(ref.start())
              + ": "
              + mapped
              + " with its package, as "
              + simple
              + " means another");
    }
    return Names.dotted(mapped);
  }

  private boolean isNear(String mapped) {
    String packageName = Names.packageOf(mapped);
    return packageName.equals(newPackage) || packageName.equals("java.lang");
  }

  /** Whether a member type of a class around takes the name that it did not take before. */
  private boolean isHidden(ClassSymbol scope, String simple, Symbol type) {
    for (ClassSymbol one = scope; one != null; one = Scopes.around(one)) {
      for (ClassSymbol member : scopes.members(one).values()) {
        boolean changes = !type.name.contentEquals(simple) || !member.name.contentEquals(simple);
        if (changes && member != type && plan.name(member).equals(simple)) {
          return true;
        }
      }
    }
    return false;
  }
}
