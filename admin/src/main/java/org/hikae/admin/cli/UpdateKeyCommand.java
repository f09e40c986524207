package org.hikae.admin.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.hikae.admin.update.OpenSslSigner;
import org.hikae.hk1.MalformedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "update-key",
    description = {
      "Makes the key of somebody who signs updates of the agent: NAME.pem, encrypted under a"
          + " passphrase, and NAME.pub. Needs OpenSSL 3, and no network."
    })
final class UpdateKeyCommand extends UpdateToolCommand {

  @Parameters(index = "0", paramLabel = "NAME", description = "Whose key it is, as all will see.")
  private String name;

  @Parameters(index = "1", paramLabel = "DIR", description = "Where the two files are made.")
  private Path folder;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "File with the passphrase, for its owner only; otherwise OpenSSL asks.")
  private @Nullable Path passphrase;

  @SuppressWarnings("NullAway.Init")
  UpdateKeyCommand() {}

  @Override
  void run() throws IOException, MalformedException {
    print(OpenSslSigner.make(name, folder, passphrase).text());
    say("key", folder, name);
  }
}
