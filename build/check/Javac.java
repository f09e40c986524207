import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The compiler with the options of the root POM, for single files. */
final class Javac {

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final Pom pom;
  private final String plugins;

  /**
   * @param plugins the class path of Error Prone and NullAway
   */
  Javac(Reactor reactor, String plugins) throws IOException {
    this.pom = new Pom(reactor.root(), "");
    this.plugins = plugins;
  }

  /** Compiles some files of a source set, whose other classes are there, into another folder. */
  void compile(SourceSet sourceSet, Collection<Path> files, Path output) {
    List<Path> classPath =
        Stream.concat(Stream.of(output), sourceSet.classPath().stream()).toList();
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--release", pom.texts("//maven.compiler.release").getFirst()));
    options.addAll(List.of("-encoding", "UTF-8", "-g", "-parameters", "-implicit:none"));
    options.addAll(List.of("-d", output.toString()));
    options.addAll(List.of("-processorpath", plugins));
    options.addAll(List.of("-classpath", Reactor.joined(classPath)));
    // Else it looks for sources on the class path.
    options.addAll(List.of("-sourcepath", ""));
    String execution = sourceSet.isTest() ? "default-testCompile" : "default-compile";
    options.addAll(
        pom.texts(
            Pom.plugin("maven-compiler-plugin")
                + ("//execution[id='" + execution + "']//compilerArgs/arg")));
    files.forEach(file -> options.add(file.toString()));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int result = compiler.run(null, said, said, options.toArray(String[]::new));
    if (result != 0) {
      Console.line(said.toString(StandardCharsets.UTF_8).strip());
      throw new CheckFailure(sourceSet.module() + " does not compile.");
    }
  }
}
