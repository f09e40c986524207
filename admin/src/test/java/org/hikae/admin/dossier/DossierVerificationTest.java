package org.hikae.admin.dossier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hikae.testing.VerifierProgram;
import org.hikae.transparency.note.wire.NoteSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What this program has signed is believed by the independent verifier, and nothing that was
 * changed since (HK1-J-03, HK1-J-04).
 */
class DossierVerificationTest {

  @TempDir private Path folder;
  @TempDir private Path scratch;

  private VerifierProgram.Ending verify(NoteSigner signer, String... more) throws Exception {
    List<String> all =
        new java.util.ArrayList<>(
            List.of("dossier", folder.toString(), "--key", signer.key().text()));
    all.addAll(List.of(more));
    return VerifierProgram.run(scratch, all.toArray(new String[0]));
  }

  @Test
  void the_verifier_believes_it_until_one_byte_is_changed() throws Exception {
    NoteSigner signer = DossierFixture.write(folder);
    VerifierProgram.Ending ending = verify(signer, "--challenge", "blue 7");
    assertThat(ending.exit()).as("a claim fails").isEqualTo(6);
    assertThat(ending.said())
        .contains("HOLDS    vault.root: Card 3", "FAILS    database.grants", "NOT_RUN  blindness");
    assertThat(verify(signer, "--challenge", "red 8").exit()).isEqualTo(7);
    for (String name : List.of("dossier.json", "dossier.ja.pdf", "dossier.note")) {
      Path file = folder.resolve(name);
      byte[] whole = Files.readAllBytes(file);
      byte[] changed = whole.clone();
      changed[whole.length / 2] ^= 1;
      Files.write(file, changed);
      assertThat(verify(signer).exit()).as(name).isEqualTo(7);
      Files.write(file, whole);
    }
    assertThat(verify(signer).exit()).isEqualTo(6);
  }
}
