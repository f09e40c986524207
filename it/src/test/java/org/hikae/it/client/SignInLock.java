package org.hikae.it.client;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One sign-in of a person at a time: while one is looked at, Keycloak's protection against guessing
 * tells another with the right password, too, that it is wrong.
 */
public final class SignInLock implements AutoCloseable {

  private static final Map<String, ReentrantLock> TURNS = new ConcurrentHashMap<>();

  private final ReentrantLock turn;

  private SignInLock(ReentrantLock turn) {
    this.turn = turn;
  }

  /** Waits until nobody else signs in as this person. */
  public static SignInLock of(TestAccount testAccount) {
    ReentrantLock turn = TURNS.computeIfAbsent(testAccount.username(), _ -> new ReentrantLock());
    turn.lock();
    return new SignInLock(turn);
  }

  @Override
  public void close() {
    turn.unlock();
  }
}
