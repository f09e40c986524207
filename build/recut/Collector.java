import com.sun.source.util.SourcePositions;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol.PackageSymbol;
import com.sun.tools.javac.tree.JCTree;
import com.sun.tools.javac.tree.TreeInfo;
import com.sun.tools.javac.tree.TreeScanner;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what the names in a source stand for. */
final class Collector extends TreeScanner {

  private static final Pattern DECLARATION =
      Pattern.compile("\\b(?:class|interface|enum|record)\\s+(\\w+)");

  private final Unit unit;
  private final SourcePositions positions;
  private final Map<String, ClassSymbol> classes;
  private ClassSymbol scope;
  private MethodSymbol method;

  private Collector(Unit unit, SourcePositions positions, Map<String, ClassSymbol> classes) {
    this.unit = unit;
    this.positions = positions;
    this.classes = classes;
  }

  /** Fills in the references of a unit, and the classes that it declares. */
  static void collect(Unit unit, Attribution all, Map<String, ClassSymbol> classes) {
    Collector collector = new Collector(unit, all.docs.getSourcePositions(), classes);
    for (JCTree part : unit.tree.defs) {
      if (part instanceof JCTree.JCPackageDecl declaration) {
        collector.scan(declaration.annotations);
      } else if (!(part instanceof JCTree.JCImport)) {
        collector.scan(part);
      }
    }
  }

  @Override
  public void visitClassDef(JCTree.JCClassDecl tree) {
    ClassSymbol outer = scope;
    MethodSymbol around = method;
    if (!tree.name.isEmpty() && tree.sym != null) {
      int from = (int) positions.getEndPosition(unit.tree, tree.mods);
      Matcher declaration = DECLARATION.matcher(unit.text);
      int start = from < 0 ? TreeInfo.getStartPos(tree) : from;
      if (declaration.find(start) && declaration.group(1).contentEquals(tree.name)) {
        add(declaration.start(1), tree.name, tree.sym, Unit.Kind.DECLARED);
      }
      classes.put(tree.sym.flatname.toString(), tree.sym);
    }
    if (tree.sym != null) {
      scope = tree.sym;
    }
    super.visitClassDef(tree);
    scope = outer;
    method = around;
  }

  @Override
  public void visitMethodDef(JCTree.JCMethodDecl tree) {
    MethodSymbol around = method;
    if (tree.sym != null) {
      Symbol declared = tree.sym.isConstructor() ? tree.sym.owner : tree.sym;
      add(tree.pos, declared.name, declared, Unit.Kind.DECLARED);
      if (method == null) {
        method = tree.sym;
      }
    }
    super.visitMethodDef(tree);
    method = around;
  }

  @Override
  public void visitVarDef(JCTree.JCVariableDecl tree) {
    if (tree.sym != null && !tree.name.isEmpty()) {
      add(tree.pos, tree.name, tree.sym, Unit.Kind.DECLARED);
    }
    super.visitVarDef(tree);
  }

  @Override
  public void visitIdent(JCTree.JCIdent tree) {
    add(tree.pos, tree.name, tree.sym, Unit.Kind.SIMPLE);
    super.visitIdent(tree);
  }

  @Override
  public void visitSelect(JCTree.JCFieldAccess tree) {
    int end = (int) positions.getEndPosition(unit.tree, tree);
    boolean qualified =
        tree.sym instanceof ClassSymbol && TreeInfo.symbol(tree.selected) instanceof PackageSymbol;
    if (qualified && end >= 0) {
      int start = TreeInfo.getStartPos(tree);
      if (unit.text
          .substring(start, end)
          .replaceAll("\\s", "")
          .contentEquals(((ClassSymbol) tree.sym).fullname)) {
        unit.refs.add(
            new Unit.Ref(start, end, tree.sym, Unit.Kind.QUALIFIED, scope, method, false));
      } else {
        int packageEnd = (int) positions.getEndPosition(unit.tree, tree.selected);
        unit.refs.add(
            new Unit.Ref(start, packageEnd, tree.sym, Unit.Kind.PACKAGE, scope, method, false));
        add(end - tree.name.length(), tree.name, tree.sym, Unit.Kind.SELECT);
      }
    } else if (end >= 0) {
      add(end - tree.name.length(), tree.name, tree.sym, Unit.Kind.SELECT);
      if (tree.selected.type != null && tree.selected.type.tsym instanceof ClassSymbol site) {
        implicit(tree.pos, site);
      }
    }
    super.visitSelect(tree);
  }

  @Override
  public void visitLambda(JCTree.JCLambda tree) {
    target(tree);
    super.visitLambda(tree);
  }

  /** The interface that a lambda implements must be seen, although nothing names it. */
  private void target(JCTree.JCFunctionalExpression tree) {
    if (tree.target != null) {
      implicit(tree.pos, tree.target.tsym);
    }
  }

  @Override
  public void visitReference(JCTree.JCMemberReference tree) {
    target(tree);
    int end = (int) positions.getEndPosition(unit.tree, tree);
    if (end >= 0 && !tree.name.contentEquals("<init>")) {
      add(end - tree.name.length(), tree.name, tree.sym, Unit.Kind.SELECT);
    } else {
      implicit(tree.pos, tree.sym);
    }
    super.visitReference(tree);
  }

  @Override
  public void visitNewClass(JCTree.JCNewClass tree) {
    implicit(tree.pos, tree.constructor);
    super.visitNewClass(tree);
  }

  private void implicit(int position, Symbol symbol) {
    if (symbol != null) {
      unit.refs.add(
          new Unit.Ref(
              position, position, symbol.baseSymbol(), Unit.Kind.IMPLICIT, scope, method, false));
    }
  }

  /** Trees that the compiler made itself lie where another text stands. */
  private void add(int start, CharSequence name, Symbol symbol, Unit.Kind kind) {
    if (symbol != null
        && start >= 0
        && !name.isEmpty()
        && unit.text.startsWith(name.toString(), start)
        && !isLonger(start + name.length())) {
      unit.refs.add(
          new Unit.Ref(
              start, start + name.length(), symbol.baseSymbol(), kind, scope, method, false));
    }
  }

  private boolean isLonger(int end) {
    return end < unit.text.length() && Character.isJavaIdentifierPart(unit.text.charAt(end));
  }
}
