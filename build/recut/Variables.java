import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Kinds;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;

/**
 * Fields, parameters and variables that are called like their type follow it: {@code Gate gate}
 * becomes {@code AttemptPolicy attemptPolicy}. Where somebody else reads the name, or it is taken,
 * they stay and are reported.
 */
final class Variables {

  /** Annotations whose processors read the name of what they stand at. */
  private static final List<String> READERS =
      List.of("picocli.", "jakarta.persistence.", "jakarta.json.bind.", "com.fasterxml.");

  private static final Set<String> PERSISTED =
      Set.of(
          "jakarta.persistence.Entity",
          "jakarta.persistence.Embeddable",
          "jakarta.persistence.MappedSuperclass");

  private final Plan plan;
  private final Report report;

  /** Names declared in each source, by the class or method that they are seen in. */
  private final Map<Symbol, Set<String>> declared = new HashMap<>();

  private final Map<Unit, Set<String>> declaredIn = new HashMap<>();
  private final Map<Symbol, Set<Unit>> users = new HashMap<>();

  Variables(Plan plan, Report report) {
    this.plan = plan;
    this.report = report;
  }

  void follow(List<Unit> units) {
    for (Unit unit : units) {
      for (Unit.Ref ref : unit.refs) {
        if (ref.symbol() instanceof VarSymbol variable) {
          users.computeIfAbsent(variable, _ -> new HashSet<>()).add(unit);
          if (ref.kind() == Unit.Kind.DECLARED) {
            declared
                .computeIfAbsent(place(ref), _ -> new HashSet<>())
                .add(variable.name.toString());
            declaredIn.computeIfAbsent(unit, _ -> new HashSet<>()).add(variable.name.toString());
          }
        }
      }
    }
    for (Unit unit : units) {
      for (Unit.Ref ref : unit.refs) {
        if (ref.kind() == Unit.Kind.DECLARED
            && ref.symbol() instanceof VarSymbol variable
            && !plan.names.containsKey(variable)) {
          ClassSymbol type = typeOfItsName(variable, variable.type);
          if (type != null) {
            follow(unit, ref, variable, Names.lower(plan.name(type)));
          }
        }
      }
    }
  }

  /** A field's class, or the outermost method around a variable. */
  private static Symbol place(Unit.Ref ref) {
    return ref.symbol().owner.kind == Kinds.Kind.TYP
        ? ref.symbol().owner
        : ref.method() == null ? ref.scope() : ref.method();
  }

  /** The renamed type that gave the variable its name. */
  private ClassSymbol typeOfItsName(VarSymbol variable, Type type) {
    if (type == null) {
      return null;
    }
    if (type.tsym instanceof ClassSymbol one) {
      String former = plan.former.get(one.flatname.toString());
      if (former != null && variable.name.contentEquals(Names.lower(former))) {
        return one;
      }
    }
    for (Type argument : type.allparams()) {
      ClassSymbol found = typeOfItsName(variable, argument);
      if (found != null) {
        return found;
      }
    }
    return type instanceof Type.ArrayType array ? typeOfItsName(variable, array.elemtype) : null;
  }

  private void follow(Unit unit, Unit.Ref ref, VarSymbol variable, String name) {
    String what = unit.at(ref.start()) + ": " + variable.name + " -> " + name;
    String reason = reasonToStay(unit, ref, variable, name);
    if (reason == null) {
      plan.names.put(variable, name);
      report.add(Report.Kind.VARIABLE, what);
    } else {
      report.add(Report.Kind.LOOK, what + " left: " + reason);
    }
  }

  private String reasonToStay(Unit unit, Unit.Ref ref, VarSymbol variable, String name) {
    if (SourceVersion.isKeyword(name)) {
      return "a word of the language";
    }
    if (isOfRecord(variable)) {
      return "a record's component; members.tsv renames it";
    }
    for (Symbol one : List.of(variable, variable.owner)) {
      for (var annotation : one.getAnnotationMirrors()) {
        String type = annotation.type.tsym.flatName().toString();
        if (one == variable && READERS.stream().anyMatch(type::startsWith)
            || PERSISTED.contains(type)) {
          return "read by @" + Names.simple(type);
        }
      }
    }
    return isTaken(unit, ref, variable, name) ? "the name is taken" : null;
  }

  private static boolean isOfRecord(VarSymbol variable) {
    boolean field = variable.owner.kind == Kinds.Kind.TYP;
    boolean canonical =
        variable.owner instanceof MethodSymbol method
            && method.isConstructor()
            && (method.flags() & Flags.RECORD) != 0;
    return canonical
        || field && !variable.isStatic() && (variable.owner.flags() & Flags.RECORD) != 0;
  }

  private boolean isTaken(Unit unit, Unit.Ref ref, VarSymbol variable, String name) {
    if (variable.owner.kind == Kinds.Kind.TYP) {
      return users.get(variable).stream()
          .anyMatch(one -> declaredIn.getOrDefault(one, Set.of()).contains(name));
    }
    if (declared.getOrDefault(place(ref), Set.of()).contains(name)) {
      return true;
    }
    for (ClassSymbol one = ref.scope(); one != null; one = Scopes.around(one)) {
      for (ClassSymbol above = one; above != null; above = superclass(above)) {
        for (Symbol field : above.members().getSymbolsByName(above.name.table.fromString(name))) {
          if (field instanceof VarSymbol) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static ClassSymbol superclass(ClassSymbol type) {
    return type.getSuperclass().tsym instanceof ClassSymbol above ? above : null;
  }
}
