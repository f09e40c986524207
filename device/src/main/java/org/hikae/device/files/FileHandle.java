package org.hikae.device.files;

import java.util.function.IntConsumer;

/**
 * An open file or directory. Closed once by whoever opened it. Its number is the system's own, or
 * whatever an implementation of {@link RawFiles} finds it by.
 */
public final class FileHandle implements AutoCloseable {

  private final IntConsumer closing;
  private int number;

  FileHandle(IntConsumer closing, int number) {
    this.closing = closing;
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
      closing.accept(number);
      number = -1;
    }
  }

  @Override
  public String toString() {
    return "FileHandle(" + number + ")";
  }
}
