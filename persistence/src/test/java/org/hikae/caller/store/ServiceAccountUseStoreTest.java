package org.hikae.caller.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hikae.caller.entity.ServiceAccountUse;
import org.hikae.persistence.testing.EmployeeFixture;
import org.hikae.persistence.testing.OnBothDatabases;
import org.hikae.persistence.testing.PausedCommit;
import org.hikae.persistence.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that use the API, on both databases. */
class ServiceAccountUseStoreTest extends OnBothDatabases {

  @ParameterizedTest
  @MethodSource("databases")
  void of_two_portals_that_see_a_program_first_the_second_is_told(TestDatabase database)
      throws Exception {
    PausedCommit commit = new PausedCommit();
    try (ExecutorService pool = Executors.newSingleThreadExecutor()) {
      Future<Boolean> first =
          pool.submit(
              () ->
                  database.inTransaction(
                      em -> {
                        boolean noted = used(em, "first");
                        commit.stopAtCommit(em);
                        return noted;
                      }));
      commit.awaitStop();
      boolean noted = database.inTransaction(em -> used(releasing(em, commit), "second"));
      assertThat(noted).as("nothing was there when it looked").isFalse();
      assertThat(first.get()).isTrue();
    } finally {
      commit.release();
    }
    assertThat(database.<Boolean>inTransaction(em -> used(em, "again"))).isTrue();
    ServiceAccountUse use =
        database.inTransaction(em -> em.find(ServiceAccountUse.class, "program"));
    assertThat(use.subject()).isEqualTo("again");
    assertThat(use.firstUsedAt()).isEqualTo(EmployeeFixture.START);
  }

  /** Lets the other go on once this one has looked and is about to write. */
  private static EntityManager releasing(EntityManager em, PausedCommit commit) {
    return (EntityManager)
        Proxy.newProxyInstance(
            EntityManager.class.getClassLoader(),
            new Class<?>[] {EntityManager.class},
            (_, method, arguments) -> {
              if (method.getName().equals("persist")) {
                commit.release();
              }
              try {
                return method.invoke(em, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static boolean used(EntityManager em, String subject) {
    return new ServiceAccountUseStore(em).used("program", subject, "api", EmployeeFixture.START);
  }
}
