package org.hikae.device.files;

/** Lets tests of other packages see what happens on a system that is none of ours. */
public final class SystemForTest {

  private SystemForTest() {}

  /** A system without an implementation. */
  public static UnsupportedSystem without(String name) {
    return new UnsupportedSystem(name);
  }
}
