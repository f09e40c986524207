import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Kinds;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Types;
import com.sun.tools.javac.tree.JCTree.JCFieldAccess;
import com.sun.tools.javac.tree.JCTree.JCImport;
import com.sun.tools.javac.tree.JCTree;
import java.util.HashMap;
import java.util.Map;

/** Which type a name stands for at a place, as the language says. */
final class Scopes {

  private final Types types;
  private final Map<String, ClassSymbol> classes;
  private final Map<ClassSymbol, Map<String, ClassSymbol>> members = new HashMap<>();
  private final Map<Unit, Map<String, ClassSymbol>> imports = new HashMap<>();

  Scopes(Types types, Map<String, ClassSymbol> classes) {
    this.types = types;
    this.classes = classes;
  }

  /** Imported types by the names that they were imported by. */
  Map<String, ClassSymbol> imports(Unit unit) {
    return imports.computeIfAbsent(unit, Scopes::importsOf);
  }

  private static Map<String, ClassSymbol> importsOf(Unit unit) {
    Map<String, ClassSymbol> all = new HashMap<>();
    for (JCTree one : unit.tree.defs) {
      if (one instanceof JCImport declaration
          && !declaration.isStatic()
          && declaration.qualid.sym instanceof ClassSymbol type) {
        all.put(declaration.qualid.name.toString(), type);
      }
    }
    return all;
  }

  static ClassSymbol ownerOfStatic(JCFieldAccess imported) {
    return imported.selected.type == null ? null : (ClassSymbol) imported.selected.type.tsym;
  }

  /** Member types of a class, inherited ones among them. */
  Map<String, ClassSymbol> members(ClassSymbol type) {
    Map<String, ClassSymbol> known = members.get(type);
    if (known == null) {
      known = new HashMap<>();
      for (Type one : types.closure(type.type)) {
        for (Symbol member : one.tsym.members().getSymbols()) {
          if (member instanceof ClassSymbol nested && isSeen(nested, type)) {
            known.putIfAbsent(nested.name.toString(), nested);
          }
        }
      }
      members.put(type, known);
    }
    return known;
  }

  /** What a class inherits of member types. */
  private static boolean isSeen(ClassSymbol nested, ClassSymbol from) {
    long flags = nested.flags();
    return nested.owner == from
        || (flags & (Flags.PUBLIC | Flags.PROTECTED)) != 0
        || (flags & Flags.PRIVATE) == 0 && nested.packge() == from.packge();
  }

  /** The class around a class, or null. */
  static ClassSymbol around(ClassSymbol type) {
    return type.owner == null || type.owner.kind == Kinds.Kind.PCK
        ? null
        : type.owner.enclClass();
  }

  /** What a simple name stands for, or null when it is no type of ours or not known. */
  ClassSymbol resolve(Unit unit, ClassSymbol scope, String name) {
    for (ClassSymbol one = scope; one != null; one = around(one)) {
      if (one.name.contentEquals(name)) {
        return one;
      }
      ClassSymbol member = members(one).get(name);
      if (member != null) {
        return member;
      }
    }
    ClassSymbol imported = imports(unit).get(name);
    return imported != null ? imported : classes.get(Names.join(unit.packageName(), name));
  }
}
