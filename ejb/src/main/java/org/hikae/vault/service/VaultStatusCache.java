package org.hikae.vault.service;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What the vault's card said last, so that no page waits for the vault. */
@ApplicationScoped
public class VaultStatusCache {

  private volatile @Nullable String root;
  private volatile boolean answering;
  private final AtomicBoolean logged = new AtomicBoolean(true);

  /** Where the vault keeps its root, by its own word; null while it has not said so. */
  public @Nullable String root() {
    return root;
  }

  /** Whether it answered when it was last asked. */
  public boolean isAnswering() {
    return answering;
  }

  /** Notes what a card said. */
  public void answered(String rootOfCard) {
    root = rootOfCard;
    answering = true;
  }

  /** Notes whether its card is in the transparency log; true when that has changed. */
  public boolean becomesLogged(boolean now) {
    return logged.getAndSet(now) != now;
  }

  /** Notes that it was asked and did not answer. */
  public void silent() {
    answering = false;
  }
}
