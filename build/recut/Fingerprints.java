import com.sun.tools.javac.code.Kinds;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.PackageSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each name of a source stands for, in terms that two compilations can be compared by. */
final class Fingerprints {

  private final Types types;

  /** The new names, or null when the sources have them already. */
  private final Plan plan;

  private final Map<String, String> same;

  /**
   * @param same texts that are kept once
   */
  Fingerprints(Types types, Plan plan, Map<String, String> same) {
    this.types = types;
    this.plan = plan;
    this.same = same;
  }

  static Map<String, String> pool() {
    return new HashMap<>();
  }

  List<String> of(Unit unit) {
    List<String> all = new ArrayList<>();
    for (Unit.Ref ref : unit.refs) {
      if (!(ref.symbol() instanceof PackageSymbol)) {
        String one = describe(ref.symbol()) + (ref.documented() ? " (documented)" : "");
        all.add(same.computeIfAbsent(one, key -> key));
      }
    }
    return all;
  }

  private String describe(Symbol symbol) {
    if (symbol instanceof ClassSymbol type) {
      return flat(type);
    }
    String name = plan == null ? symbol.name.toString() : plan.name(symbol);
    // The length of an array has no class around it.
    if (symbol.owner == null || symbol.owner.kind != Kinds.Kind.TYP || symbol.enclClass() == null) {
      return name;
    }
    String member = flat(symbol.enclClass()) + "." + name;
    if (symbol instanceof MethodSymbol method) {
      StringBuilder all = new StringBuilder(member).append('(');
      for (Type parameter : types.erasure(method.type).getParameterTypes()) {
        all.append(erased(parameter)).append(',');
      }
      return all.append(')').toString();
    }
    return member;
  }

  private String erased(Type type) {
    if (type instanceof Type.ArrayType array) {
      return erased(array.elemtype) + "[]";
    }
    return type.tsym instanceof ClassSymbol symbol ? flat(symbol) : type.toString();
  }

  private String flat(ClassSymbol type) {
    return plan == null ? type.flatname.toString() : plan.mapped(type);
  }
}
