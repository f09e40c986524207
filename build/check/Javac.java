import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The compiler with the options of the root POM, for single files against classes that are there.
 */
final class Javac {

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final Pom pom;
  private final String processorPath;

  Javac(Reactor reactor, Setup setup) throws IOException {
    pom = Pom.read(reactor.root().resolve("pom.xml"));
    processorPath = Files.readString(setup.processorPath()).strip();
  }

  /**
   * Compiles into a folder of its own; a class path that begins there lets files see each other.
   */
  void compile(Module module, Module.Part part, Collection<Path> files, Path output) {
    List<Path> classPath = new ArrayList<>(List.of(output));
    classPath.addAll(module.classPath(part));
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--release", pom.texts("//maven.compiler.release").getFirst()));
    options.addAll(List.of("-encoding", "UTF-8", "-g", "-parameters", "-implicit:none"));
    options.addAll(List.of("-d", output.toString()));
    // Else it looks for sources on the class path.
    options.addAll(List.of("-sourcepath", ""));
    options.addAll(List.of("-processorpath", processorPath));
    options.addAll(
        List.of(
            "-classpath",
            classPath.stream()
                .filter(Files::exists)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator))));
    options.addAll(
        pom.texts(
            Pom.plugin("maven-compiler-plugin")
                + "//execution[id='"
                + (part == Module.Part.MAIN ? "default-compile" : "default-testCompile")
                + "']//compilerArgs/arg"));
    files.forEach(file -> options.add(file.toString()));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int result = compiler.run(null, said, said, options.toArray(String[]::new));
    if (result != 0) {
      Say.line(said.toString(StandardCharsets.UTF_8).strip());
      throw new Failure(Failure.WRONG, module.name() + " does not compile");
    }
  }
}
