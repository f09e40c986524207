import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReferenceTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTreePath;
import com.sun.source.util.DocTreePathScanner;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.tools.javac.code.Kinds;
import com.sun.tools.javac.code.Symbol.ClassSymbol;
import com.sun.tools.javac.code.Symbol.MethodSymbol;
import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.tree.JCTree;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what the names in documentation comments stand for. */
final class DocCollector extends TreePathScanner<Void, ClassSymbol> {

  private static final Pattern REFERENCE =
      Pattern.compile("([\\w.$]*)(?:#(\\w+))?(?:\\((.*)\\))?", Pattern.DOTALL);
  private static final Pattern TYPE = Pattern.compile("[A-Za-z_$][\\w$]*(?:\\.[A-Za-z_$][\\w$]*)*");
  private static final Pattern WORD = Pattern.compile("\\w+");

  private final Unit unit;
  private final Attribution all;
  private final Scopes scopes;
  private final Plan plan;

  private DocCollector(Unit unit, Attribution all, Scopes scopes, Plan plan) {
    this.unit = unit;
    this.all = all;
    this.scopes = scopes;
    this.plan = plan;
  }

  static void collect(Unit unit, Attribution all, Scopes scopes, Plan plan) {
    if (unit.text.contains("/**")) {
      new DocCollector(unit, all, scopes, plan).scan(new TreePath(unit.tree), null);
    }
  }

  @Override
  public Void visitPackage(PackageTree tree, ClassSymbol scope) {
    read(scope, null);
    return super.visitPackage(tree, scope);
  }

  @Override
  public Void visitClass(ClassTree tree, ClassSymbol scope) {
    ClassSymbol own = ((JCTree.JCClassDecl) tree).sym;
    read(own == null ? scope : own, own);
    return super.visitClass(tree, own == null ? scope : own);
  }

  @Override
  public Void visitMethod(MethodTree tree, ClassSymbol scope) {
    read(scope, ((JCTree.JCMethodDecl) tree).sym);
    return super.visitMethod(tree, scope);
  }

  @Override
  public Void visitVariable(VariableTree tree, ClassSymbol scope) {
    // Comments stand at fields only; the compiler makes trees for those of records, too.
    if (getCurrentPath().getParentPath().getLeaf().getKind() != Tree.Kind.METHOD) {
      read(scope, ((JCTree.JCVariableDecl) tree).sym);
    }
    return super.visitVariable(tree, scope);
  }

  private void read(ClassSymbol scope, Symbol documented) {
    DocCommentTree comment = all.docs.getDocCommentTree(getCurrentPath());
    if (comment != null) {
      new Names(comment, scope, documented).scan(new DocTreePath(getCurrentPath(), comment), null);
    }
  }

  /** One comment. */
  private final class Names extends DocTreePathScanner<Void, Void> {

    private final DocCommentTree comment;
    private final ClassSymbol scope;
    private final Symbol documented;

    Names(DocCommentTree comment, ClassSymbol scope, Symbol documented) {
      this.comment = comment;
      this.scope = scope;
      this.documented = documented;
    }

    @Override
    public Void visitReference(ReferenceTree tree, Void nothing) {
      int start = start(tree);
      int end = end(tree);
      Matcher parts = REFERENCE.matcher(start < 0 ? "" : unit.text.substring(start, end));
      if (start >= 0 && parts.matches()) {
        if (!parts.group(1).isEmpty()) {
          type(start, parts.group(1));
        }
        if (parts.group(2) != null) {
          Object element = all.docs.getElement(getCurrentPath());
          if (element instanceof Symbol member) {
            add(start + parts.start(2), start + parts.end(2), member, Unit.Kind.SELECT);
          }
        }
        if (parts.group(3) != null) {
          Matcher parameter = TYPE.matcher(parts.group(3));
          while (parameter.find()) {
            type(start + parts.start(3) + parameter.start(), parameter.group());
          }
        }
      }
      return super.visitReference(tree, nothing);
    }

    @Override
    public Void visitParam(ParamTree tree, Void nothing) {
      String name = tree.getName().getName().toString();
      if (!tree.isTypeParameter()) {
        int start = start(tree.getName());
        if (start >= 0 && unit.text.startsWith(name, start)) {
          parameter(start, name);
        }
      }
      return super.visitParam(tree, nothing);
    }

    private void parameter(int start, String name) {
      if (documented instanceof MethodSymbol method) {
        for (Symbol one : method.params()) {
          if (one.name.contentEquals(name)) {
            add(start, start + name.length(), one, Unit.Kind.SIMPLE);
          }
        }
      } else if (documented instanceof ClassSymbol type) {
        for (Symbol one : type.members().getSymbols()) {
          if (one.name.contentEquals(name) && one.kind == Kinds.Kind.VAR) {
            add(start, start + name.length(), one, Unit.Kind.SIMPLE);
          }
        }
      }
    }

    /** A type by its simple name, a nested one by those around it, or with its package. */
    private void type(int start, String text) {
      Matcher words = WORD.matcher(text);
      words.find();
      ClassSymbol type = scopes.resolve(unit, scope, words.group());
      if (type != null) {
        add(start, start + words.end(), type, Unit.Kind.SIMPLE);
      } else {
        String qualified = words.group();
        while (plan.classes.get(qualified) == null) {
          if (!words.find()) {
            return;
          }
          qualified += "." + words.group();
        }
        type = plan.classes.get(qualified);
        add(start, start + words.end(), type, Unit.Kind.QUALIFIED);
      }
      while (words.find()) {
        type = scopes.members(type).get(words.group());
        if (type == null) {
          return;
        }
        add(start + words.start(), start + words.end(), type, Unit.Kind.SELECT);
      }
    }

    private void add(int start, int end, Symbol symbol, Unit.Kind kind) {
      unit.refs.add(new Unit.Ref(start, end, symbol.baseSymbol(), kind, scope, null, true));
    }

    private int start(DocTree tree) {
      return (int) all.docs.getSourcePositions().getStartPosition(unit.tree, comment, tree);
    }

    private int end(DocTree tree) {
      return (int) all.docs.getSourcePositions().getEndPosition(unit.tree, comment, tree);
    }
  }
}
