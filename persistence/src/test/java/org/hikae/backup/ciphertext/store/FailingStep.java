package org.hikae.backup.ciphertext.store;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Callable;
import org.hikae.backup.move.store.NamedStore;
import org.hikae.backup.move.store.ObjectMove;

/** The steps of work on two stores, one of which fails, or ends all as a power cut does. */
final class FailingStep {

  private final int at;
  private final boolean kills;
  private int steps;

  FailingStep(int at, boolean kills) {
    this.at = at;
    this.kills = kills;
  }

  /** Ends work as a power cut does: nothing catches it, and nothing is done after it. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  private void pass() {
    steps++;
    if (steps == at) {
      if (kills) {
        throw new Killed();
      }
      throw new CiphertextStoreException("planted", new IOException("planted"));
    }
  }

  boolean hasFailed() {
    return steps >= at;
  }

  /** What a test does around the calls of a store. */
  @FunctionalInterface
  interface CallInterceptor {

    Object around(String method, Callable<Object> call) throws Exception;
  }

  static NamedStore intercepted(NamedStore store, CallInterceptor interceptor) {
    Object proxy =
        Proxy.newProxyInstance(
            FailingStep.class.getClassLoader(),
            new Class<?>[] {CiphertextStore.class, CiphertextListing.class},
            (_, method, arguments) ->
                interceptor.around(
                    method.getName(),
                    () -> {
                      try {
                        return method.invoke(store.store(), arguments);
                      } catch (InvocationTargetException e) {
                        if (e.getCause() instanceof Exception failure) {
                          throw failure;
                        }
                        throw e;
                      }
                    }));
    return new NamedStore(store.name(), (CiphertextStore) proxy, (CiphertextListing) proxy);
  }

  /** Fails before and after each call of a store. */
  NamedStore around(NamedStore store) {
    return intercepted(
        store,
        (_, call) -> {
          pass();
          Object result = call.call();
          pass();
          return result;
        });
  }

  /** Fails right before and after each commit. */
  ObjectMove.TransactionRunner around(ThreadBoundTransactions transactions) {
    return new ObjectMove.TransactionRunner() {
      @Override
      public <T> T run(Callable<T> work) throws Exception {
        T result =
            transactions.run(
                () -> {
                  T done = work.call();
                  pass();
                  return done;
                });
        pass();
        return result;
      }
    };
  }
}
