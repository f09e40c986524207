import com.sun.tools.javac.code.Symbol;
import com.sun.tools.javac.tree.JCTree.JCCompilationUnit;
import java.util.ArrayList;
import java.util.List;

/** One Java source, what it refers to, and what becomes of it. */
final class Unit {

  /** How a reference is written. */
  enum Kind {
    /** By its simple name. */
    SIMPLE,
    /** The last name after a dot. */
    SELECT,
    /** With its package in front. */
    QUALIFIED,
    /** The package alone, where an annotation stands between it and the type. */
    PACKAGE,
    /** Where it is declared. */
    DECLARED,
    /** Not written at all, such as the constructor of {@code new}. */
    IMPLICIT
  }

  /**
   * A name in the source that stands for a symbol.
   *
   * @param scope the innermost class around it, or null
   * @param method the outermost method around it, or null
   * @param documented whether it stands in a documentation comment
   */
  record Ref(
      int start,
      int end,
      Symbol symbol,
      Kind kind,
      Symbol.ClassSymbol scope,
      Symbol.MethodSymbol method,
      boolean documented) {}

  final String path;
  final Place place;
  final String text;
  final JCCompilationUnit tree;
  final List<Ref> refs = new ArrayList<>();
  final FileEdits edits = new FileEdits();

  /** Where it lies in the end. */
  String newPath;

  Unit(String path, String text, JCCompilationUnit tree) {
    this.path = path;
    this.place = Place.of(path);
    this.text = text;
    this.tree = tree;
    this.newPath = path;
  }

  String packageName() {
    return tree.getPackage() == null ? "" : tree.packge.fullname.toString();
  }

  boolean isPackageInfo() {
    return path.endsWith("/package-info.java");
  }

  /** For a report. */
  String at(int position) {
    int line = 1;
    for (int i = 0; i < position; i++) {
      if (text.charAt(i) == '\n') {
        line++;
      }
    }
    return path + ":" + line;
  }
}
