package org.hikae.device.files;

/** An open file or directory. Closed once by whoever opened it. */
public final class Fd implements AutoCloseable {

  private final LinuxFiles files;
  private int number;

  Fd(LinuxFiles files, int number) {
    this.files = files;
    this.number = number;
  }

  int number() {
    if (number < 0) {
      throw new IllegalStateException("the file was closed");
    }
    return number;
  }

  @Override
  public void close() {
    if (number >= 0) {
      files.close(number);
      number = -1;
    }
  }

  @Override
  public String toString() {
    return "Fd(" + number + ")";
  }
}
