import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A module of the reactor.
 *
 * @param name its folder below the root
 * @param libraries what Maven gives it, in order; of modules, their folders of classes
 */
record Module(String name, Path folder, List<Library> libraries) {

  /** Something on the class path, and for what. */
  record Library(Path path, String scope) {}

  /** The two halves of a module, which are compiled one after the other. */
  enum Part {
    MAIN("main", "classes", "compile"),
    TEST("test", "test-classes", "testCompile");

    private final String folder;
    private final String output;
    private final String goal;

    Part(String folder, String output, String goal) {
      this.folder = folder;
      this.output = output;
      this.goal = goal;
    }
  }

  /** Where the part's Java or other files are, below the root. */
  String source(Part part, String kind) {
    return name + "/src/" + part.folder + "/" + kind + "/";
  }

  Path output(Part part) {
    return folder.resolve("target").resolve(part.output);
  }

  /** Maven's own notes about the last compilation of this part. */
  Path mavenNotes(Part part) {
    return folder
        .resolve("target/maven-status/maven-compiler-plugin")
        .resolve(part.goal)
        .resolve("default-" + part.goal);
  }

  /** What the part is compiled against, and tests run with. */
  List<Path> classPath(Part part) {
    if (part == Part.MAIN) {
      return Stream.concat(
              Stream.of(output(Part.MAIN)),
              libraries.stream()
                  .filter(one -> !one.scope().equals("test") && !one.scope().equals("runtime"))
                  .map(Library::path))
          .toList();
    }
    return Stream.concat(
            Stream.of(output(Part.TEST), output(Part.MAIN)), libraries.stream().map(Library::path))
        .toList();
  }
}
