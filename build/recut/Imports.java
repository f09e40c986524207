import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.tree.JCTree;
import com.sun.tools.javac.tree.JCTree.JCImport;
import com.sun.tools.javac.tree.TreeInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The imports of one source, written as google-java-format orders them. */
final class Imports {

  private final Unit unit;
  private final Plan plan;
  private final List<JCImport> declared = new ArrayList<>();

  Imports(Unit unit, Plan plan) {
    this.unit = unit;
    this.plan = plan;
    for (JCTree part : unit.tree.defs) {
      if (part instanceof JCImport one) {
        declared.add(one);
      }
    }
  }

  boolean has(ClassSymbol type) {
    return declared.stream().anyMatch(one -> !one.isStatic() && one.qualid.sym == type);
  }

  /**
   * @param meant types by the simple names that the source uses
   */
  void write(Map<String, String> meant, String newPackage) {
    Set<String> before = new TreeSet<>();
    Set<String> statics = new TreeSet<>();
    Set<String> plain = new TreeSet<>();
    for (JCImport one : declared) {
      before.add((one.isStatic() ? "static " : "") + one.qualid);
      if (one.isStatic()) {
        statics.add("static " + staticName(one));
      } else if (one.qualid.sym instanceof ClassSymbol type) {
        String flat = plan.mapped(type);
        String other = meant.get(Names.simple(flat));
        if ((other == null || other.equals(flat)) && needed(flat, newPackage)) {
          plain.add(Names.dotted(flat));
        }
      } else {
        plain.add(one.qualid.toString());
      }
    }
    if (!unit.isPackageInfo()) {
      meant.forEach(
          (simple, flat) -> {
            if (needed(flat, newPackage) && !isDeclaredHere(flat)) {
              plain.add(Names.dotted(flat));
            }
          });
    }
    Set<String> after = new TreeSet<>(statics);
    after.addAll(plain);
    if (!after.equals(before)) {
      replace(statics, plain);
    }
  }

  private boolean isDeclaredHere(String flat) {
    return unit.tree.defs.stream()
        .anyMatch(
            part -> part instanceof JCTree.JCClassDecl type && plan.mapped(type.sym).equals(flat));
  }

  private boolean needed(String flat, String newPackage) {
    String packageName = Names.packageOf(flat);
    if (Names.isNested(flat)) {
      return true;
    }
    // A type of the package hides the one of the language.
    if (packageName.equals("java.lang")) {
      return plan.result().contains(Names.join(newPackage, Names.simple(flat)));
    }
    return !packageName.equals(newPackage) && !packageName.isEmpty();
  }

  private String staticName(JCImport one) {
    ClassSymbol owner = Scopes.ownerOfStatic(one.qualid);
    if (owner == null) {
      return one.qualid.toString();
    }
    String name = one.qualid.name.toString();
    for (ClassSymbol type = owner; type != null; type = superclass(type)) {
      for (Symbol member : type.members().getSymbols()) {
        if (member.name.contentEquals(one.qualid.name)) {
          name = plan.name(member);
        }
      }
    }
    return Names.dotted(plan.mapped(owner)) + "." + name;
  }

  private static ClassSymbol superclass(ClassSymbol type) {
    return type.getSuperclass().tsym instanceof ClassSymbol above ? above : null;
  }

  private void replace(Set<String> statics, Set<String> plain) {
    StringBuilder text = new StringBuilder();
    statics.forEach(one -> text.append("import ").append(one).append(";\n"));
    if (!statics.isEmpty() && !plain.isEmpty()) {
      text.append('\n');
    }
    plain.forEach(one -> text.append("import ").append(one).append(";\n"));
    if (declared.isEmpty()) {
      int end = unit.text.indexOf(';', TreeInfo.getStartPos(unit.tree.getPackage().pid)) + 1;
      unit.edits.insert(end, "\n\n" + text.substring(0, text.length() - 1));
      return;
    }
    int start = TreeInfo.getStartPos(declared.getFirst());
    int last = TreeInfo.getStartPos(declared.getLast());
    int end = unit.text.indexOf('\n', unit.text.indexOf(';', last)) + 1;
    String old = unit.text.substring(start, end);
    if (!old.lines().allMatch(line -> line.isEmpty() || line.matches("import [\\w. $]+;"))) {
      throw new Failure(unit.path + ": its imports hold something else");
    }
    if (text.isEmpty()) {
      // The empty line before goes, too.
      end += unit.text.startsWith("\n", end) ? 1 : 0;
    }
    unit.edits.replace(start, end, text.toString());
  }
}
