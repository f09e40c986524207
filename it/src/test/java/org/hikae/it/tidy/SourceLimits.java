package org.hikae.it.tidy;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * What neither the formatter nor the compiler sees of a source: its size, and a reason for each
 * public type. Sources are only parsed, by the compiler that the JDK has.
 */
final class SourceLimits {

  /** Lines of a file, lines of a body with its braces, parameters of what overrides nothing. */
  static final int FILE_LINES = 500;

  static final int BODY_LINES = 70;
  static final int PARAMETERS = 7;

  /** Sources whose trees are in memory together. */
  private static final int AT_ONCE = 200;

  /** Allows a method or constructor more parameters, by {@code @SuppressWarnings}. */
  private static final String ALLOWED = "\"ParameterNumber\"";

  private SourceLimits() {}

  /** What is wrong with these sources, by path; one sentence with path and line for each fault. */
  static List<String> faults(Map<String, String> texts) throws IOException {
    List<String> faults = new ArrayList<>();
    texts.forEach(
        (path, text) -> {
          long lines = text.lines().count();
          if (lines > FILE_LINES) {
            faults.add(path + ": " + lines + " lines, at most " + FILE_LINES);
          }
        });
    List<Source> sources =
        texts.entrySet().stream().map(one -> new Source(one.getKey(), one.getValue())).toList();
    for (int at = 0; at < sources.size(); at += AT_ONCE) {
      parse(sources.subList(at, Math.min(at + AT_ONCE, sources.size())), faults);
    }
    return faults;
  }

  private static void parse(List<Source> sources, List<String> faults) throws IOException {
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    JavacTask task =
        (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, sources);
    DocTrees trees = DocTrees.instance(task);
    for (CompilationUnitTree unit : task.parse()) {
      new Visitor(unit, trees, faults).scan(unit, null);
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String path;
    private final String text;

    Source(String path, String text) {
      super(URI.create("source:///" + path), JavaFileObject.Kind.SOURCE);
      this.path = path;
      this.text = text;
    }

    @Override
    public String getName() {
      return path;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Visitor extends TreePathScanner<@Nullable Void, @Nullable Void> {

    private final CompilationUnitTree unit;
    private final DocTrees trees;
    private final SourcePositions positions;
    private final List<String> faults;

    Visitor(CompilationUnitTree unit, DocTrees trees, List<String> faults) {
      this.unit = unit;
      this.trees = trees;
      this.positions = trees.getSourcePositions();
      this.faults = faults;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      if (isPublic(getCurrentPath()) && comment() == null) {
        add(type, "public " + type.getSimpleName() + " without Javadoc");
      }
      return super.visitClass(type, null);
    }

    private @Nullable DocCommentTree comment() {
      return trees.getDocCommentTree(getCurrentPath());
    }

    /** Whether all can see the type: those around it are public, too. */
    private static boolean isPublic(TreePath path) {
      TreePath around = path.getParentPath();
      return switch (around.getLeaf()) {
        case CompilationUnitTree file -> saysPublic(path);
        case ClassTree outer -> isPublic(around) && (isInterface(outer) || saysPublic(path));
        default -> false;
      };
    }

    private static boolean saysPublic(TreePath path) {
      return ((ClassTree) path.getLeaf()).getModifiers().getFlags().contains(Modifier.PUBLIC);
    }

    private static boolean isInterface(ClassTree type) {
      return type.getKind() == Tree.Kind.INTERFACE || type.getKind() == Tree.Kind.ANNOTATION_TYPE;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      BlockTree body = method.getBody();
      if (body != null) {
        long length = endLine(body) - line(body) + 1;
        if (length > BODY_LINES) {
          add(method, method.getName() + " has " + length + " lines, at most " + BODY_LINES);
        }
      }
      List<? extends VariableTree> parameters = method.getParameters();
      if (parameters.size() > PARAMETERS && areItsOwn(parameters, method) && isLimited(method)) {
        add(
            method,
            method.getName() + " has " + parameters.size() + " parameters, at most " + PARAMETERS);
      }
      return super.visitMethod(method, null);
    }

    /** Not those of a record, which its short constructor has. */
    private boolean areItsOwn(List<? extends VariableTree> parameters, MethodTree method) {
      return positions.getStartPosition(unit, parameters.getFirst())
          >= positions.getStartPosition(unit, method);
    }

    private static boolean isLimited(MethodTree method) {
      ModifiersTree modifiers = method.getModifiers();
      return modifiers.getAnnotations().stream()
          .noneMatch(
              one ->
                  switch (one.getAnnotationType().toString()) {
                    case "Override" -> true;
                    case "SuppressWarnings" ->
                        one.getArguments().stream().anyMatch(it -> it.toString().contains(ALLOWED));
                    default -> false;
                  });
    }

    private long line(Tree tree) {
      return unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
    }

    private long endLine(Tree tree) {
      return unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree) - 1);
    }

    private void add(Tree tree, String what) {
      faults.add(unit.getSourceFile().getName() + ":" + line(tree) + ": " + what);
    }
  }
}
