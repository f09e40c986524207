import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.tree.JCTree.JCClassDecl;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What becomes of which name. */
final class Plan {

  /** All classes of the sources by their flat names. */
  final Map<String, ClassSymbol> classes;

  /** Where a class that is not nested is declared. */
  final Map<String, Unit> units = new HashMap<>();

  /** Rows as they hold in this phase. */
  final Map<String, String> types = new LinkedHashMap<>();

  final Map<String, Place> places = new HashMap<>();
  final Set<String> widened = new HashSet<>();

  /** Types that variables follow, to the simple names that the variables are called by. */
  final Map<String, String> former = new HashMap<>();

  /** Members, and variables that follow their types. */
  final Map<Symbol, String> names = new HashMap<>();

  /** Whole packages that get another name. */
  final Map<String, String> packages = new TreeMap<>();

  private final Map<String, String> mapped = new HashMap<>();
  private final Set<String> result = new TreeSet<>();

  Plan(Map<String, ClassSymbol> classes, Iterable<Unit> all) {
    this.classes = classes;
    for (Unit unit : all) {
      unit.tree.defs.forEach(
          part -> {
            if (part instanceof JCClassDecl type) {
              units.put(type.sym.flatname.toString(), unit);
            }
          });
    }
  }

  /** The flat name that a type gets. */
  String mapped(String flat) {
    String known = mapped.get(flat);
    if (known == null) {
      known = types.get(flat);
      if (known == null) {
        int dollar = flat.lastIndexOf('$');
        known = dollar < 0 ? flat : mapped(flat.substring(0, dollar)) + flat.substring(dollar);
      } else if (Names.isNested(flat)) {
        String outer = mapped(flat.substring(0, flat.lastIndexOf('$')));
        known = outer + "$" + Names.simple(known);
      }
      mapped.put(flat, known);
    }
    return known;
  }

  String mapped(ClassSymbol type) {
    return mapped(type.flatname.toString());
  }

  boolean isOurs(ClassSymbol type) {
    return units.containsKey(Names.outermost(type.flatname.toString()));
  }

  /** The simple name that a symbol gets. */
  String name(Symbol symbol) {
    if (symbol instanceof ClassSymbol type) {
      String flat = type.flatname.toString();
      return mapped(flat).equals(flat) ? type.name.toString() : Names.simple(mapped(flat));
    }
    return names.getOrDefault(symbol, symbol.name.toString());
  }

  /** The package that the contents of a unit get. */
  String packageOf(Unit unit) {
    if (unit.isPackageInfo()) {
      return packages.getOrDefault(unit.packageName(), unit.packageName());
    }
    return unit.tree.defs.stream()
        .filter(part -> part instanceof JCClassDecl)
        .map(part -> ((JCClassDecl) part).sym)
        .map(this::mapped)
        .map(Names::packageOf)
        .findFirst()
        .orElse(unit.packageName());
  }

  /** Flat names of all types that are not nested, as they are in the end. */
  Set<String> result() {
    if (result.isEmpty()) {
      units.keySet().forEach(flat -> result.add(mapped(flat)));
    }
    return result;
  }

  /** Where a type that is not nested lies in the end. */
  Place placeOf(String flat) {
    return places.getOrDefault(flat, units.get(flat).place);
  }
}
