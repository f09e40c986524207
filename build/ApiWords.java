import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Takes what the API's own Java documentation says into a file, so that the OpenAPI document says
 * the same: the components of records in {@code wire} and {@code boundary}, and the methods,
 * classes and packages of {@code rest}. The build starts this source file: {@code java
 * ApiWords.java FILE SOURCE-FOLDER...}. Lines are {@code CLASS#MEMBER=TEXT}, sorted.
 */
public final class ApiWords {

  private final DocTrees docs;
  private final Map<String, String> words = new TreeMap<>();

  private ApiWords(DocTrees docs) {
    this.docs = docs;
  }

  public static void main(String[] arguments) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  null,
                  null,
                  files.getJavaFileObjectsFromPaths(sources(arguments)));
      ApiWords all = new ApiWords(DocTrees.instance(task));
      for (CompilationUnitTree unit : task.parse()) {
        all.new Reader().scan(unit, null);
      }
      String lines =
          all.words.entrySet().stream()
              .map(word -> word.getKey() + "=" + word.getValue() + "\n")
              .collect(Collectors.joining());
      Path file = Path.of(arguments[0]);
      Files.createDirectories(file.getParent());
      Files.writeString(file, lines);
    }
  }

  private static List<Path> sources(String[] arguments) throws IOException {
    List<Path> found = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      try (Stream<Path> files = Files.walk(Path.of(arguments[i]))) {
        files
            .filter(file -> file.toString().matches(".*/(rest|wire|boundary)/[^/]+\\.java"))
            .forEach(found::add);
      }
    }
    return found;
  }

  /** Walks one source file. */
  private final class Reader extends TreePathScanner<Void, Void> {

    private String type = "";

    @Override
    public Void visitPackage(PackageTree tree, Void none) {
      type = tree.getPackageName().toString();
      put(type, body());
      return null;
    }

    @Override
    public Void visitClass(ClassTree tree, Void none) {
      String outer = type;
      boolean nested = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree;
      type = outer + (nested ? "$" : ".") + tree.getSimpleName();
      put(type, body());
      DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
      if (comment != null) {
        for (DocTree tag : comment.getBlockTags()) {
          if (tag instanceof ParamTree param && !param.isTypeParameter()) {
            put(type + "#" + param.getName(), text(param.getDescription()));
          }
        }
      }
      super.visitClass(tree, none);
      type = outer;
      return null;
    }

    @Override
    public Void visitMethod(MethodTree tree, Void none) {
      if (type.contains(".rest.")) {
        put(type + "#" + tree.getName(), body());
      }
      return null;
    }

    private String body() {
      DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
      return comment == null ? "" : text(comment.getFullBody());
    }
  }

  private void put(String key, String text) {
    if (!text.isEmpty()) {
      words.put(key, text);
    }
  }

  private static String text(List<? extends DocTree> parts) {
    return parts.stream()
        .map(ApiWords::plain)
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ")
        .replace("\\", "\\\\")
        .strip();
  }

  private static String plain(DocTree part) {
    return switch (part) {
      case LiteralTree literal -> literal.getBody().getBody();
      case LinkTree link -> link.getReference().getSignature().replaceFirst(".*#", "");
      case StartElementTree _, EndElementTree _ -> " ";
      default -> part.toString();
    };
  }
}
