import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReferenceTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.ValueTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Takes what the API's own Java documentation says into a file, so that the OpenAPI document says
 * the same: the components of records in {@code wire}, {@code boundary} and {@code view}, and the
 * methods, classes and packages of {@code rest}. The build starts this source file: {@code java
 * ApiDocTextsMain.java FILE SOURCE-FOLDER...}. Lines are {@code CLASS#MEMBER=TEXT}, sorted.
 */
public final class ApiDocTextsMain {

  private static final Set<Modifier> CONSTANT = Set.of(Modifier.STATIC, Modifier.FINAL);

  private final DocTrees docs;
  private final Map<String, String> texts = new TreeMap<>();

  /** Static final fields of classes and records by {@code TYPE#NAME}; empty where none can be told. */
  private final Map<String, String> constants = new TreeMap<>();

  private ApiDocTextsMain(DocTrees docs) {
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
      ApiDocTextsMain all = new ApiDocTextsMain(DocTrees.instance(task));
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      units.forEach(unit -> all.new Constants().scan(unit, null));
      units.forEach(unit -> all.new Reader().scan(unit, null));
      String lines =
          all.texts.entrySet().stream()
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
            .filter(file -> file.toString().matches(".*/(rest|wire|boundary|view)/[^/]+\\.java"))
            .forEach(found::add);
      }
    }
    return found;
  }

  /** Learns the constants of one source file. */
  private final class Constants extends TreePathScanner<Void, Void> {

    @Override
    public Void visitVariable(VariableTree field, Void none) {
      if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree owner
          && !(owner.getKind() == Tree.Kind.ENUM && field.getInitializer() instanceof NewClassTree)
          && field.getModifiers().getFlags().containsAll(CONSTANT)) {
        String value = field.getInitializer() instanceof LiteralTree it ? "" + it.getValue() : "";
        constants.put(owner.getSimpleName() + "#" + field.getName(), value);
      }
      return super.visitVariable(field, none);
    }
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
            put(type + "#" + param.getName(), text(type, param.getDescription()));
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
      return comment == null ? "" : text(type, comment.getFullBody());
    }
  }

  private void put(String key, String text) {
    if (!text.isEmpty()) {
      texts.put(key, text);
    }
  }

  private String text(String type, List<? extends DocTree> parts) {
    return parts.stream()
        .map(part -> plain(type, part))
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ")
        .replace("\\", "\\\\")
        .strip();
  }

  private String plain(String type, DocTree part) {
    return switch (part) {
      case com.sun.source.doctree.LiteralTree literal -> literal.getBody().getBody();
      case LinkTree link when !link.getLabel().isEmpty() -> text(type, link.getLabel());
      case LinkTree link -> referred(type, link.getReference());
      case ValueTree value -> valued(type, value);
      case StartElementTree _, EndElementTree _ -> " ";
      default -> part.toString();
    };
  }

  /**
   * What a reader of the API is told in place of a reference: the value of a constant, whose name
   * says nothing to them; else the name of what is referred to.
   */
  private String referred(String type, ReferenceTree reference) {
    String value = constants.get(key(type, reference));
    if (value == null) {
      return reference.getSignature().replaceFirst(".*#", "");
    }
    // What cannot be told is left as it is, so that the rules for the document find it there.
    return value.isEmpty() ? "{@link " + reference.getSignature() + "}" : value;
  }

  private String valued(String type, ValueTree constant) {
    String value = constants.getOrDefault(key(type, constant.getReference()), "");
    return value.isEmpty() ? constant.toString() : value;
  }

  /** {@code TYPE#NAME} of what is referred to, TYPE without its package. */
  private static String key(String type, ReferenceTree reference) {
    String signature = reference.getSignature();
    int hash = signature.indexOf('#');
    String owner = hash == 0 ? type : signature.substring(0, Math.max(hash, 0));
    return owner.replaceFirst(".*[.$]", "") + signature.substring(Math.max(hash, 0));
  }
}
