package org.hikae.device.protection;

import java.util.List;
import org.hikae.backup.wire.RunResult;
import org.hikae.crypto.CryptoException;
import org.hikae.device.AgentException;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.keys.ChainWrap;
import org.hikae.device.portal.DevicePortalClient;
import org.hikae.enrollment.wire.WrapView;
import org.hikae.hk1.MalformedException;
import org.hikae.hk1.WrapMethod;

/**
 * Finds the K of earlier generations (spec HK1-K-13). Each step takes a wrap that the portal keeps
 * one generation further down, so there are at most as many steps as wraps.
 */
public final class GenerationChain {

  private final DevicePortalClient portal;

  /** Reads the chains that {@code portal} keeps. */
  public GenerationChain(DevicePortalClient portal) {
    this.portal = portal;
  }

  /**
   * K of {@code generation}, found from {@code newest}, which is not closed here; the caller closes
   * the answer. A missing or wrong link is refused as CORRUPT.
   */
  public BackupKey down(BackupKey newest, long generation) throws AgentException {
    if (generation > newest.generation()) {
      throw new AgentException(
          RunResult.CORRUPT, "rotate.later-generation", generation, newest.generation());
    }
    BackupKey at = newest.copy();
    if (at.generation() == generation) {
      return at;
    }
    try {
      List<WrapView> wraps = portal.wraps();
      while (at.generation() > generation) {
        BackupKey below = step(at, wraps);
        at.close();
        at = below;
      }
      return at;
    } catch (AgentException e) {
      at.close();
      throw e;
    }
  }

  private static BackupKey step(BackupKey at, List<WrapView> wraps) throws AgentException {
    long wanted = at.generation() - 1;
    String problem = "rotate.chain-missing";
    for (WrapView view : wraps) {
      if (isChainOf(view, wanted)) {
        try {
          return ChainWrap.open(at, WrapKind.bytes(view));
        } catch (MalformedException | CryptoException e) {
          // Perhaps one of a rotation that was given up; another may fit.
          problem = "rotate.chain-wrong";
        }
      }
    }
    throw new AgentException(RunResult.CORRUPT, problem, wanted);
  }

  /** By its header: whatever the portal calls a link, it leads on (spec HK1-K-22). */
  static boolean isChainOf(WrapView view, long generation) {
    WrapKind kind = WrapKind.of(view);
    return kind.is(WrapMethod.CHAIN) && kind.generation() == generation;
  }
}
