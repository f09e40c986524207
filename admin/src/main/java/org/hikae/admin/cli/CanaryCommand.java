package org.hikae.admin.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import org.hikae.admin.doctor.ExceptionText;
import org.hikae.admin.dossier.DossierMessages;
import org.hikae.admin.search.CanaryWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "canary",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a folder of files with names and contents that stand nowhere else, and a list of them"
          + " for the dossier to search for. A test employee backs the folder up.",
    },
    footer = {"", "Exit codes: 0 made, 1 not made, 64 wrong command line, 70 defect."})
final class CanaryCommand implements Callable<Integer> {

  private static final int FAILED = 1;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "A new or empty folder.")
  private Path folder;

  @Mixin private LanguageOption language = new LanguageOption();

  @SuppressWarnings("NullAway.Init")
  CanaryCommand() {}

  @Override
  public Integer call() {
    DossierMessages messages = new DossierMessages(language.spoken());
    PrintWriter out = spec.commandLine().getOut();
    try {
      CanaryWriter.CanaryResult made = CanaryWriter.write(folder, new SecureRandom());
      out.println(messages.text("canary-made", made.list()));
      out.println(messages.text("canary-device", made.device()));
      out.println(messages.text("canary-backup", made.files()));
      out.println(messages.text("canary-run", made.list()));
      return 0;
    } catch (IOException e) {
      out.println(messages.text("canary-unmade", ExceptionText.of(e)));
      return FAILED;
    } finally {
      out.flush();
    }
  }
}
