package org.hikae.persistence.testing;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hikae.backup.entity.BackupRepository;
import org.hikae.backup.entity.StorageUse;
import org.hikae.enrollment.entity.BackupSet;
import org.hikae.enrollment.entity.Device;
import org.hikae.identity.entity.Employee;

/** Employees with a device, a set and a repository. */
public final class EmployeeFixture {

  /** When everything in the tests begins. */
  public static final Instant START =
      Instant.parse("2026-02-03T04:05:06Z").truncatedTo(ChronoUnit.MICROS);

  private static final AtomicInteger NEXT = new AtomicInteger(1);

  private EmployeeFixture() {}

  /**
   * An employee ready to back up.
   *
   * @param employeeId internal id
   * @param deviceId a device
   * @param setId an active set
   * @param repositoryId its repository
   */
  public record EnrolledEmployee(
      long employeeId, String deviceId, String setId, long repositoryId) {}

  /** Adds an employee. */
  public static Employee employee(EntityManager em, String name) {
    Employee employee = new Employee("https://id/realms/hikae", name + NEXT.get(), START);
    employee.rename(name.toLowerCase(java.util.Locale.ROOT), name, name + "@example.org");
    em.persist(employee);
    return employee;
  }

  /** Adds a device. */
  public static String device(EntityManager em, long employeeId) {
    String id = String.format(java.util.Locale.ROOT, "%032x", NEXT.getAndIncrement());
    Device device = new Device(id, employeeId, new byte[91], START);
    device.describe("laptop", "Linux amd64", "1.0");
    em.persist(device);
    return id;
  }

  /** Adds an employee with a device, an active set and an empty repository. */
  public static EnrolledEmployee person(EntityManager em, String name) {
    Employee employee = employee(em, name);
    String device = device(em, employee.employeeId());
    BackupSet set =
        new BackupSet("5e7" + device.substring(3), employee.employeeId(), device, START);
    set.activate();
    em.persist(set);
    em.flush();
    BackupRepository repository = new BackupRepository(set.setId(), employee.employeeId(), START);
    em.persist(repository);
    em.persist(new StorageUse(employee.employeeId()));
    return new EnrolledEmployee(employee.employeeId(), device, set.setId(), repository.id());
  }

  /** Adds the repository that the person's device uses with restic, under the device's name. */
  public static BackupRepository restic(EntityManager em, EnrolledEmployee enrolledEmployee) {
    String device = enrolledEmployee.deviceId();
    BackupRepository repository =
        BackupRepository.ofRestic(
            enrolledEmployee.setId(), enrolledEmployee.employeeId(), device, device, START);
    em.persist(repository);
    return repository;
  }
}
