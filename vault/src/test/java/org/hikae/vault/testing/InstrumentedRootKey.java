package org.hikae.vault.testing;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.hikae.crypto.group.DhKey;
import org.hikae.crypto.opaque.server.OprfKey;
import org.hikae.crypto.sign.Signer;
import org.hikae.hk1.Transcript;
import org.hikae.vault.port.RootKey;
import org.hikae.vault.port.UnavailableException;

/**
 * Counts evaluations and codes of a root, runs something before the next one, and can fail like a
 * token that is gone: at evaluations only, or wholly.
 */
public class InstrumentedRootKey implements RootKey {

  private final RootKey root;
  private final AtomicReference<Runnable> beforeNext = new AtomicReference<>(() -> {});
  private final AtomicInteger evaluations = new AtomicInteger();
  private final AtomicInteger codes = new AtomicInteger();
  public volatile boolean failing;
  public volatile boolean unavailable;

  public InstrumentedRootKey(RootKey root) {
    this.root = root;
  }

  public int evaluations() {
    return evaluations.get();
  }

  /** How many codes were asked for. */
  public int codes() {
    return codes.get();
  }

  /** Runs once, before the next evaluation. */
  public void beforeNextEvaluation(Runnable action) {
    beforeNext.set(action);
  }

  @Override
  public OprfKey oprf() {
    return element -> {
      beforeNext.getAndSet(() -> {}).run();
      if (failing) {
        throw new UnavailableException("The token does not answer.", null);
      }
      evaluations.incrementAndGet();
      return root.oprf().evaluate(element);
    };
  }

  @Override
  public byte[] hmac(Transcript input) {
    codes.incrementAndGet();
    return root.hmac(input);
  }

  @Override
  public DhKey ake() {
    return root.ake();
  }

  @Override
  public DhKey channel() {
    return root.channel();
  }

  @Override
  public Signer identity() {
    return root.identity();
  }

  @Override
  public String name() {
    return root.name();
  }

  @Override
  public boolean ready() {
    return !unavailable;
  }

  @Override
  public void close() {
    root.close();
  }
}
