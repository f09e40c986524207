package org.hikae.admin.claim;

import java.io.IOException;
import java.util.List;
import org.hikae.admin.dossier.ClaimCheck;
import org.hikae.admin.dossier.ClaimFact;
import org.hikae.admin.dossier.ClaimFactKind;
import org.hikae.admin.dossier.ClaimResult;
import org.hikae.admin.dossier.DossierClaim;
import org.jspecify.annotations.Nullable;

/** The vault's card is signed by the root that devices pin. */
public final class VaultRootCheck implements ClaimCheck {

  private final VaultCardReader cards;
  private final @Nullable String pin;

  /**
   * Compares the card.
   *
   * @param pin fingerprint of the root, hexadecimal; null when none was given
   */
  public VaultRootCheck(VaultCardReader cards, @Nullable String pin) {
    this.cards = cards;
    this.pin = pin;
  }

  @Override
  public DossierClaim claim() {
    return DossierClaim.VAULT_ROOT;
  }

  @Override
  public ClaimResult execute() throws IOException {
    String expected = pin;
    if (!cards.isSetUp()) {
      return ClaimResult.notRun(claim(), ClaimFactKind.NO_VAULT);
    }
    if (expected == null) {
      return ClaimResult.notRun(claim(), ClaimFactKind.NO_PIN);
    }
    VaultCardReader.ReadCard read = cards.read();
    if (!read.genuine()) {
      return ClaimResult.of(claim(), List.of(ClaimFact.of(ClaimFactKind.CARD_UNSIGNED)), List.of());
    }
    if (!read.root().equals(expected)) {
      return ClaimResult.of(
          claim(),
          List.of(ClaimFact.of(ClaimFactKind.CARD_OF_OTHER_ROOT, read.root(), expected)),
          List.of());
    }
    return ClaimResult.of(
        claim(),
        List.of(),
        List.of(
            ClaimFact.of(
                ClaimFactKind.CARD_SIGNED,
                read.card().sequence(),
                read.card().tenant(),
                read.root())));
  }
}
