package org.hikae.admin.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.hikae.admin.update.OpenSslSigner;
import org.hikae.admin.update.UpdateFileStore;
import org.hikae.enrollment.update.wire.UpdateMetadata;
import org.hikae.hk1.MalformedException;
import org.hikae.transparency.note.wire.NoteSigner;
import org.hikae.transparency.note.wire.SignedNote;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "update-sign",
    description = {
      "Shows a draft of a root, a list or a timestamp, and signs it: the signature is added to"
          + " those of others. Needs OpenSSL 3, and no network."
    })
final class UpdateSignCommand extends UpdateToolCommand {

  @Parameters(index = "0", paramLabel = "FILE", description = "The draft, with signatures or none.")
  private Path file;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description = "The private key, NAME.pem, beside which NAME.pub lies.")
  private Path key;

  @Option(
      names = "--passphrase-file",
      paramLabel = "FILE",
      description = "File with the passphrase, for its owner only; otherwise OpenSSL asks.")
  private @Nullable Path passphrase;

  @SuppressWarnings("NullAway.Init")
  UpdateSignCommand() {}

  @Override
  void run() throws IOException, MalformedException, GeneralSecurityException {
    SignedNote note = UpdateFileStore.note(file);
    UpdateMetadata metadata = UpdateFileStore.metadata(note);
    NoteSigner signer = new OpenSslSigner(key, passphrase).signer();
    String name = signer.key().name();
    if (note.signatures().stream().anyMatch(one -> one.name().equals(name))) {
      say("signed-before", name, file);
      return;
    }
    print(metadata.text().stripTrailing());
    SignedNote signed = note.with(signer.sign(metadata.text()));
    UpdateFileStore.write(file, signed);
    say("signed", name, file, signed.signatures().size());
  }
}
