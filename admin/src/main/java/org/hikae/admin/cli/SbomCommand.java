package org.hikae.admin.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.sbom.BillOfMaterials;
import org.hikae.admin.sbom.BomComponent;
import org.hikae.admin.sbom.Inventory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "sbom",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Writes a bill of materials (CycloneDX 1.6, JSON) of every jar in folders of programs, jars"
          + " within archives included."
    },
    footer = {
      "",
      "Exit codes: 0 written, 1 written but not every jar could be named, 64 wrong command line or"
          + " unreadable folder, 70 defect."
    })
final class SbomCommand implements Callable<Integer> {

  private static final int NOT_ALL_NAMED = 1;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME=DIR",
      description = "What a folder is called in the bill, and the folder.")
  private Map<String, Path> folders;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where the bill is written.")
  private Path out;

  @Option(
      names = "--product-version",
      paramLabel = "VERSION",
      description = "The version of Hikae that the bill is for.")
  private String version = "unknown";

  @Option(
      names = "--repository",
      paramLabel = "DIR",
      description =
          "Maven's repository on the computer that built: it names jars that do not say what they"
              + " are. Default: .m2/repository in the home folder.")
  private @Nullable Path repository;

  @SuppressWarnings("NullAway.Init")
  SbomCommand() {}

  @Override
  public Integer call() {
    for (Path folder : folders.values()) {
      if (!Files.isDirectory(folder)) {
        throw new ParameterException(spec.commandLine(), folder + " is no folder.");
      }
    }
    Path known =
        repository == null
            ? Path.of(System.getProperty("user.home", ""), ".m2", "repository")
            : repository;
    try {
      List<BomComponent> components = Inventory.of(folders, known);
      BillOfMaterials.write(version, components, out);
      List<BomComponent> unnamed =
          components.stream().filter(component -> component.coordinates() == null).toList();
      spec.commandLine()
          .getOut()
          .println(out + ": " + components.size() + " components, " + unnamed.size() + " unnamed");
      unnamed.forEach(one -> spec.commandLine().getOut().println("  " + one.places()));
      spec.commandLine().getOut().flush();
      return unnamed.isEmpty() ? 0 : NOT_ALL_NAMED;
    } catch (IOException e) {
      throw new ParameterException(spec.commandLine(), ExceptionText.of(e));
    }
  }
}
