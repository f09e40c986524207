package org.hikae.vault.core;

import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.crypto.group.DhKey;
import org.hikae.crypto.opaque.server.OprfKey;
import org.hikae.crypto.sign.Signer;
import org.hikae.hk1.Transcript;

/**
 * Counts evaluations of a root, runs something before each, and can fail like a token that is gone.
 */
public class WatchedRoot implements RootKey {

  private final RootKey root;
  private final Runnable beforeEvaluation;
  private final AtomicInteger evaluations = new AtomicInteger();
  volatile boolean failing;

  public WatchedRoot(RootKey root, Runnable beforeEvaluation) {
    this.root = root;
    this.beforeEvaluation = beforeEvaluation;
  }

  int evaluations() {
    return evaluations.get();
  }

  @Override
  public OprfKey oprf() {
    return element -> {
      beforeEvaluation.run();
      if (failing) {
        throw new UnavailableException("The token does not answer.", null);
      }
      evaluations.incrementAndGet();
      return root.oprf().evaluate(element);
    };
  }

  @Override
  public byte[] hmac(Transcript input) {
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
  public void close() {
    root.close();
  }
}
