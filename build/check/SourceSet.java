import java.nio.file.Path;
import java.util.List;

/**
 * The main or the test half of a module.
 *
 * @param module its folder below the root
 * @param name main or test
 * @param output where the classes are
 * @param classPath what they are compiled against, themselves first; of tests also what they run
 *     with
 */
record SourceSet(String module, String name, Path output, List<Path> classPath) {

  boolean isTest() {
    return name.equals("test");
  }

  /** The folder of its Java sources or resources below the root, with a slash at the end. */
  String folder(String kind) {
    return module + "/src/" + name + "/" + kind + "/";
  }

  boolean hasSource(String file) {
    return file.startsWith(folder("java")) && file.endsWith(".java");
  }

  /** The class file that a source is compiled to. */
  Path classFile(String source) {
    return output.resolve(source.substring(folder("java").length()).replaceFirst("java$", "class"));
  }

  /** What Maven remembers of its last compilation, and compares to find out whether to compile. */
  Path mavenState() {
    String goal = isTest() ? "testCompile" : "compile";
    return output
        .resolveSibling("maven-status/maven-compiler-plugin")
        .resolve(goal + "/default-" + goal + "/inputFiles.lst");
  }
}
