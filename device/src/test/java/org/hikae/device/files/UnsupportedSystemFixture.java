package org.hikae.device.files;

/** Lets tests of other packages see what happens on a system that is none of ours. */
public final class UnsupportedSystemFixture {

  private UnsupportedSystemFixture() {}

  /** A system without an implementation. */
  public static UnsupportedSystemException without(String name) {
    return new UnsupportedSystemException(name);
  }
}
