package org.hikae.admin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.sbom.AdvisoryMatcher;
import org.hikae.admin.sbom.AdvisoryMatcher.Match;
import org.hikae.admin.sbom.BillOfMaterials;
import org.hikae.admin.sbom.BomComponent;
import org.hikae.admin.sbom.VexExemptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "advisories",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Says which known advisories touch what is in a bill of materials, from a folder of"
          + " advisories in OSV's JSON format. Asks nothing of the network."
    },
    footer = {
      "",
      "Exit codes: 0 none touches it, 1 none does, but not every advisory could be read, 2 at least"
          + " one does, 64 wrong command line, 70 defect."
    })
final class AdvisoriesCommand implements Callable<Integer> {

  private static final int INCOMPLETE = 1;
  private static final int TOUCHED = 2;
  private static final String BUNDLE = "org.hikae.admin.sbom.advisories";

  @Spec private CommandSpec spec;

  @Option(
      names = "--sbom",
      required = true,
      paramLabel = "FILE",
      description = "The bill of materials (CycloneDX, JSON).")
  private Path sbom;

  @Option(
      names = "--advisories",
      required = true,
      paramLabel = "DIR",
      description =
          "The folder with the advisories, one in each file; folders in it are looked into.")
  private Path advisories;

  @Option(
      names = "--vex",
      paramLabel = "FILE",
      description =
          "What was looked into and does not matter here, with reasons (CycloneDX VEX, JSON).")
  private @Nullable Path vex;

  @Mixin private LanguageOption language = new LanguageOption();

  @SuppressWarnings("NullAway.Init")
  AdvisoriesCommand() {}

  @Override
  public Integer call() {
    List<BomComponent> components = read("--sbom", sbom, BillOfMaterials::read);
    VexExemptions vexExemptions =
        vex == null ? VexExemptions.none() : read("--vex", vex, VexExemptions::read);
    AdvisoryMatcher.Result result =
        read(
            "--advisories",
            advisories,
            folder -> AdvisoryMatcher.check(components, folder, vexExemptions));
    if (result.read() == 0) {
      throw new ParameterException(
          spec.commandLine(), "--advisories: no advisory could be read in " + advisories + ".");
    }
    long unnamed = components.stream().filter(component -> component.coordinates() == null).count();
    PrintWriter out = spec.commandLine().getOut();
    result.matches().forEach(match -> tell(match, out));
    result.unreadable().forEach(file -> out.println(say("unreadable", file)));
    out.println(
        say(
            "sum",
            components.size(),
            unnamed,
            result.read(),
            result.notRead(),
            result.open().size()));
    out.flush();
    if (!result.open().isEmpty()) {
      return TOUCHED;
    }
    // What has no name was told when the bill was written, and is in the sum.
    return result.notRead() > 0 ? INCOMPLETE : 0;
  }

  private void tell(Match match, PrintWriter out) {
    String names =
        match.aliases().isEmpty()
            ? match.id()
            : match.id()
                + " ("
                + String.join(", ", match.aliases().stream().sorted().toList())
                + ")";
    out.println(
        match.exempt().isPresent()
            ? say("exempt", names, match.coordinates().purl(), match.exempt().get())
            : say("touched", names, match.coordinates().purl(), match.summary()));
    if (match.exempt().isEmpty()) {
      out.println("  " + match.fixedIn().map(version -> say("fixed", version)).orElse(say("open")));
      match.places().forEach(place -> out.println("  " + place));
    }
  }

  /** Something that is read from a file. */
  @FunctionalInterface
  private interface FileParser<T> {
    T of(Path file) throws IOException;
  }

  private <T> T read(String option, Path file, FileParser<T> fileParser) {
    try {
      return fileParser.of(file);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), option + ": " + file + " cannot be used: " + ExceptionText.of(e));
    }
  }

  private String say(String key, Object... arguments) {
    return language.say(BUNDLE, key, arguments);
  }
}
