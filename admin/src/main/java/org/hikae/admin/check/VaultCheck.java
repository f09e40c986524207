package org.hikae.admin.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hikae.admin.doctor.Check;
import org.hikae.admin.doctor.Code;
import org.hikae.admin.doctor.Finding;
import org.hikae.admin.doctor.Words;
import org.hikae.admin.port.VaultDoor;
import org.hikae.hk1.MalformedException;
import org.hikae.vault.wire.SignedCard;
import org.hikae.vault.wire.VaultCard;
import org.hikae.vault.wire.VaultFrame;
import org.jspecify.annotations.Nullable;

/** Whether the vault answers the portal, can serve, and where it keeps its root by its own word. */
public final class VaultCheck implements Check {

  private static final String SOFTWARE = "software";

  private final @Nullable VaultDoor door;
  private final String where;

  /**
   * Asks at this door.
   *
   * @param door null when no vault is set up
   * @param where for people
   */
  public VaultCheck(@Nullable VaultDoor door, String where) {
    this.door = door;
    this.where = where;
  }

  @Override
  public String name() {
    return "vault";
  }

  @Override
  public List<Finding> look() {
    VaultDoor asked = door;
    if (asked == null) {
      return List.of(Finding.of(Code.VAULT_NONE));
    }
    List<Finding> findings = new ArrayList<>();
    try {
      byte[] health = asked.ask(VaultFrame.Kind.HEALTH);
      VaultCard card = VaultCard.parse(SignedCard.parse(asked.ask(VaultFrame.Kind.CARD)).card());
      findings.add(
          health.length == 1 && health[0] == 1
              ? Finding.of(Code.VAULT_OK, card.tenant(), where)
              : Finding.of(Code.VAULT_CLOSED, where));
      if (card.rootName().equals(SOFTWARE)) {
        findings.add(Finding.of(Code.VAULT_SOFTWARE));
      }
    } catch (IOException | MalformedException e) {
      findings.add(Finding.of(Code.VAULT_SILENT, where, Words.of(e)));
    }
    return findings;
  }
}
