import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.tools.javac.api.BasicJavacTask;
import com.sun.tools.javac.code.Types;
import com.sun.tools.javac.tree.JCTree.JCCompilationUnit;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * All sources of all modules, compiled at once up to their meaning. One compilation is a fraction
 * of one for each module; what a module may see is looked at by {@link Dependencies}.
 */
final class Attribution {

  final DocTrees docs;
  final Types types;
  final List<Unit> units = new ArrayList<>();
  final List<String> errors = new ArrayList<>();

  private Attribution(JavacTask task) {
    docs = DocTrees.instance(task);
    types = Types.instance(((BasicJavacTask) task).getContext());
  }

  static Attribution of(Map<String, String> sources, String classPath) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    StandardJavaFileManager files =
        compiler.getStandardFileManager(said, null, StandardCharsets.UTF_8);
    List<JavaFileObject> objects = new ArrayList<>();
    sources.forEach((path, text) -> objects.add(new Source(path, text)));
    List<String> options =
        List.of(
            "-proc:none",
            "-nowarn",
            "-Xlint:none",
            "-Xmaxerrs",
            "1000",
            "-sourcepath",
            "",
            "-implicit:none",
            "-classpath",
            classPath);
    JavacTask task = (JavacTask) compiler.getTask(null, files, said, options, null, objects);
    List<CompilationUnitTree> parsed = new ArrayList<>();
    task.parse().forEach(parsed::add);
    Attribution all = new Attribution(task);
    task.analyze();
    for (CompilationUnitTree one : parsed) {
      String path = pathOf(one.getSourceFile());
      all.units.add(new Unit(path, sources.get(path), (JCCompilationUnit) one));
    }
    for (Diagnostic<? extends JavaFileObject> one : said.getDiagnostics()) {
      if (one.getKind() == Diagnostic.Kind.ERROR && !isOfTwoDescriptions(one)) {
        String path = one.getSource() == null ? "?" : pathOf(one.getSource());
        all.errors.add(
            path + ":" + one.getLineNumber() + ": " + one.getMessage(null).replaceAll("\\s+", " "));
      }
    }
    return all;
  }

  /** Main and test sources of a module may both describe a package. */
  private static boolean isOfTwoDescriptions(Diagnostic<?> error) {
    return error.getMessage(null).matches("package \\S+ has already been annotated");
  }

  /** The compiler gives its own objects for those that it was given. */
  private static String pathOf(JavaFileObject object) {
    return object.toUri().getPath().substring(1);
  }

  /** A source in memory. */
  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String path, String text) {
      super(URI.create("memory:///" + path), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
