package org.hikae.admin.claim;

import java.io.IOException;
import java.util.List;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.DossierClaim;

/** The vault's card says that the root of the vault's keys is in a token. */
public final class VaultTokenCheck implements ClaimCheck {

  private static final String TOKEN = "pkcs11";

  private final VaultCardReader cards;

  /** Reads the card. */
  public VaultTokenCheck(VaultCardReader cards) {
    this.cards = cards;
  }

  @Override
  public DossierClaim claim() {
    return DossierClaim.VAULT_TOKEN;
  }

  @Override
  public ClaimResult execute() throws IOException {
    if (!cards.isSetUp()) {
      return ClaimResult.notRun(claim(), ClaimFactKind.NO_VAULT);
    }
    VaultCardReader.ReadCard read = cards.read();
    if (!read.genuine()) {
      return ClaimResult.of(claim(), List.of(ClaimFact.of(ClaimFactKind.CARD_UNSIGNED)), List.of());
    }
    List<ClaimFact> kept = List.of(ClaimFact.of(ClaimFactKind.ROOT_KEPT, read.card().rootName()));
    return read.card().rootName().equals(TOKEN)
        ? ClaimResult.of(claim(), List.of(), kept)
        : ClaimResult.of(claim(), kept, List.of());
  }
}
