import com.sun.tools.javac.code.Flags;
import com.sun.tools.javac.code.Kinds;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.VarSymbol;
import com.sun.tools.javac.code.Type;
import com.sun.tools.javac.code.Types;
import com.sun.tools.javac.tree.JCTree;
import com.sun.tools.javac.tree.TreeInfo;
import com.sun.tools.javac.tree.TreeScanner;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is out of reach once its user or itself has moved to another package. */
final class Access {

  private final Plan plan;
  private final Types types;
  private final Report report;
  private final boolean widensAll;
  private final Map<Symbol, Set<String>> users = new HashMap<>();

  Access(Plan plan, Types types, Report report, boolean widensAll) {
    this.plan = plan;
    this.types = types;
    this.report = report;
    this.widensAll = widensAll;
  }

  void check(List<Unit> units) {
    for (Unit unit : units) {
      for (Unit.Ref ref : unit.refs) {
        if (!ref.documented() && ref.scope() != null && isOutOfReach(ref)) {
          users
              .computeIfAbsent(ref.symbol(), _ -> new TreeSet<>())
              .add(Names.simple(outermost(ref.scope())));
        }
      }
    }
    overriding();
    constructorsOfRecords();
    Map<String, Symbol> sorted = new TreeMap<>();
    users.keySet().forEach(symbol -> sorted.put(describe(symbol), symbol));
    Map<Symbol, Boolean> widened = new HashMap<>();
    sorted.forEach(
        (what, symbol) -> {
          String owner = outermost(symbol);
          boolean widens = widensAll || plan.widened.contains(owner);
          report.add(
              widens ? Report.Kind.WIDENED : Report.Kind.BROKEN,
              what + " is used by " + String.join(", ", users.get(symbol)));
          if (widens) {
            widened.put(symbol, true);
          }
        });
    for (Unit unit : units) {
      new Widener(unit, widened.keySet()).scan(unit.tree);
    }
    sorted.values().removeAll(widened.keySet());
    proposeTests(sorted.values());
  }

  private boolean isOutOfReach(Unit.Ref ref) {
    Symbol symbol = ref.symbol();
    if (!(symbol instanceof ClassSymbol || symbol instanceof MethodSymbol || isField(symbol))
        || ref.kind() == Unit.Kind.DECLARED
        || !isOursAndLimited(symbol)) {
      return false;
    }
    String there = Names.packageOf(plan.mapped(outermost(symbol)));
    String here = Names.packageOf(plan.mapped(outermost(ref.scope())));
    if (there.equals(here)) {
      return false;
    }
    return (symbol.flags() & Flags.PROTECTED) == 0 || !inherits(ref.scope(), symbol.enclClass());
  }

  private static boolean isField(Symbol symbol) {
    return symbol instanceof VarSymbol && symbol.owner.kind == Kinds.Kind.TYP;
  }

  private boolean isOursAndLimited(Symbol symbol) {
    long flags = symbol.flags();
    return symbol.owner != null
        && symbol.kind != Kinds.Kind.PCK
        && (flags & (Flags.PUBLIC | Flags.PRIVATE)) == 0
        && (flags & Flags.GENERATEDCONSTR) == 0
        && symbol.owner.kind != Kinds.Kind.MTH
        && symbol.owner.kind != Kinds.Kind.VAR
        && symbol.enclClass() != null
        && !symbol.enclClass().name.isEmpty()
        && plan.units.containsKey(outermost(symbol));
  }

  private boolean inherits(ClassSymbol scope, ClassSymbol above) {
    for (ClassSymbol one = scope; one != null; one = Scopes.around(one)) {
      if (one.isSubClass(above, types)) {
        return true;
      }
    }
    return false;
  }

  private static String outermost(Symbol symbol) {
    return Names.outermost(symbol.outermostClass().flatname.toString());
  }

  private static String describe(Symbol symbol) {
    return (symbol instanceof ClassSymbol type
            ? type.flatname.toString()
            : symbol.enclClass().flatname + "." + symbol)
        + ((symbol.flags() & Flags.PROTECTED) != 0 ? " (protected)" : " (package-private)");
  }

  /** A record's canonical constructor is never narrower than the record. */
  private void constructorsOfRecords() {
    for (Symbol symbol : List.copyOf(users.keySet())) {
      if (symbol instanceof ClassSymbol && (symbol.flags() & Flags.RECORD) != 0) {
        for (Symbol member : symbol.members().getSymbols()) {
          if (member.isConstructor()
              && (member.flags() & Flags.RECORD) != 0
              && isOursAndLimited(member)) {
            users.computeIfAbsent(member, _ -> new TreeSet<>()).add("its record");
          }
        }
      }
    }
  }

  /** A method that overrides one of its package would not do so any more, or would be narrower. */
  private void overriding() {
    Deque<MethodSymbol> todo = new ArrayDeque<>();
    for (ClassSymbol type : plan.classes.values()) {
      for (Symbol member : type.members().getSymbols()) {
        if (member instanceof MethodSymbol method
            && !method.isConstructor()
            && !method.isStatic()) {
          for (MethodSymbol above : overridden(method)) {
            if (isOursAndLimited(above)
                && (above.flags() & Flags.PROTECTED) == 0
                && !Names.packageOf(plan.mapped(outermost(above)))
                    .equals(Names.packageOf(plan.mapped(outermost(method))))) {
              users
                  .computeIfAbsent(above, _ -> new TreeSet<>())
                  .add(Names.simple(outermost(method)) + ", which overrides it");
            }
          }
        }
      }
    }
    users
        .keySet()
        .forEach(
            one -> {
              if (one instanceof MethodSymbol method) {
                todo.add(method);
              }
            });
    while (!todo.isEmpty()) {
      MethodSymbol wide = todo.poll();
      for (ClassSymbol type : plan.classes.values()) {
        for (Symbol member : type.members().getSymbolsByName(wide.name)) {
          if (member instanceof MethodSymbol method
              && method != wide
              && isOursAndLimited(method)
              && !users.containsKey(method)
              && method.overrides(wide, type, types, false)) {
            users.computeIfAbsent(method, _ -> new TreeSet<>()).add("what it overrides");
            todo.add(method);
          }
        }
      }
    }
  }

  private Set<MethodSymbol> overridden(MethodSymbol method) {
    Set<MethodSymbol> all = new LinkedHashSet<>();
    for (Type above : types.closure(method.enclClass().type)) {
      for (Symbol other : above.tsym.members().getSymbolsByName(method.name)) {
        if (other instanceof MethodSymbol one
            && one != method
            && method.overrides(one, method.enclClass(), types, false)) {
          all.add(one);
        }
      }
    }
    return all;
  }

  /** A test usually goes with what it tests. */
  private void proposeTests(Iterable<Symbol> symbols) {
    for (Symbol symbol : symbols) {
      String owner = outermost(symbol);
      for (String user : users.get(symbol)) {
        String flat = Names.join(Names.packageOf(owner), user);
        Unit unit = plan.units.get(flat);
        if (unit != null && unit.place.set().equals("test") && !plan.types.containsKey(flat)) {
          report.add(
              Report.Kind.PROPOSED,
              "type\t" + flat + "\t" + Names.join(Names.packageOf(plan.mapped(owner)), user));
        }
      }
    }
  }

  /** Writes {@code public} where it is needed. */
  private static final class Widener extends TreeScanner {

    private final Unit unit;
    private final Set<Symbol> widened;

    Widener(Unit unit, Set<Symbol> widened) {
      this.unit = unit;
      this.widened = widened;
    }

    @Override
    public void visitClassDef(JCTree.JCClassDecl tree) {
      widen(tree.sym, tree.mods, tree);
      super.visitClassDef(tree);
    }

    @Override
    public void visitMethodDef(JCTree.JCMethodDecl tree) {
      widen(tree.sym, tree.mods, tree);
      super.visitMethodDef(tree);
    }

    @Override
    public void visitVarDef(JCTree.JCVariableDecl tree) {
      widen(tree.sym, tree.mods, tree);
      super.visitVarDef(tree);
    }

    private void widen(Symbol symbol, JCTree.JCModifiers modifiers, JCTree tree) {
      if (symbol == null || !widened.contains(symbol)) {
        return;
      }
      int start = TreeInfo.getStartPos(tree);
      for (JCTree.JCAnnotation one : modifiers.annotations) {
        start = Math.max(start, TreeInfo.endPos(one));
        int end = TreeInfo.getEndPos(one, unit.tree.endPositions);
        start = Math.max(start, end);
      }
      while (Character.isWhitespace(unit.text.charAt(start))) {
        start++;
      }
      if (unit.text.startsWith("protected ", start)) {
        unit.edits.replace(start, start + "protected".length(), "public");
      } else {
        unit.edits.insert(start, "public ");
      }
    }
  }
}
